import Cloud
import Identity
import Wire

/// The users and roles that a queue's policy names are kept by their ids: a new user of an old name is somebody else.
/// AWS: IAM user guide, "AWS JSON policy elements: Principal".
extension QueueSettings {
  /// Puts ids in place of the users and roles that the policy names.
  /// - Throws: InvalidAttributeValue if there is no such user or role.
  mutating func pinPrincipals(_ transaction: Transaction) throws(AWSError) {
    guard let policy else { return }
    let pinned: String
    do throws(AWSError) { pinned = try Principals.pin(policy, in: transaction) } catch {
      throw error.code == "MalformedPolicyDocument" ? .invalidAttribute("Policy") : error
    }
    // Pinning writes the text anew; a policy that names no user or role stays as it was given.
    if pinned.contains("\"AIDA") || pinned.contains("\"AROA") { self.policy = pinned }
  }

  /// The policy as it is shown: with the names of those who are still there.
  func shownPolicy(_ transaction: Transaction) throws(AWSError) -> String? {
    try policy.map { policy throws(AWSError) in try Principals.render(policy, in: transaction) }
  }
}
