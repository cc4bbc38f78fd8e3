import Policy

/// What AWS asks of attachments and policy types.
///
/// AWS: Organizations API, the errors of AttachPolicy, DetachPolicy, EnablePolicyType and DisablePolicyType.
extension OrganizationModel {
  /// - Throws: if it is attached, its type is not enabled, or as many are attached as can be.
  mutating func attach(_ policy: Policy, to target: String) throws(ChangeProblem) {
    let attachment = Attachment(target: target, policy: policy.id)
    let place = name(ofTarget: target)
    let kind = Policy.short(policy.type)
    _ = try Self.policyType(policy.type)
    guard isEnabled(policy.type) else {
      throw ChangeProblem("\(kind)s are not enabled in \(id), so \(policy.name) can't be attached: --enable \(kind).")
    }
    guard !attachments.contains(attachment) else {
      throw ChangeProblem("\(policy.name) is attached to \(place) already.")
    }
    let most =
      policy.type == Policy.resourceControlType
      ? PolicyLimits.resourceControlAttachments : PolicyLimits.serviceControlAttachments
    guard count(policy.type, on: target) < most else {
      throw ChangeProblem("\(place) has \(most) \(kind)s, and no more can be attached.")
    }
    attachments.append(attachment)
  }

  /// - Throws: if it is not attached, or stays for ever, or is the last SCP.
  mutating func detach(_ policy: Policy, from target: String) throws(ChangeProblem) {
    let attachment = Attachment(target: target, policy: policy.id)
    let place = name(ofTarget: target)
    guard attachments.contains(attachment) else { throw ChangeProblem("\(policy.name) is not attached to \(place).") }
    guard policy.id != Policy.resourceFullAccessID else {
      throw ChangeProblem("\(policy.name) can't be detached from anything.")
    }
    guard policy.type != Policy.serviceControlType || count(policy.type, on: target) > 1 else {
      throw ChangeProblem("\(policy.name) is the last SCP on \(place), and one must stay: attach another before.")
    }
    attachments.removeAll { $0 == attachment }
  }

  /// AWS attaches its own policy to everything.
  /// - Throws: if the type is enabled, or can't be.
  mutating func enable(_ type: String) throws(ChangeProblem) {
    guard hasAllFeatures else {
      throw ChangeProblem("\(id) has the features of consolidated billing only: it can have no \(Policy.short(type))s.")
    }
    guard !enabledTypes.contains(type) else {
      throw ChangeProblem("\(Policy.short(type))s are enabled in \(id) already.")
    }
    enabledTypes.append(type)
    let own = Self.ownPolicy(type)
    if !policies.contains(where: { $0.id == own.id }) { policies.append(own) }
    for target in [root] + units.map(\.id) + accounts.map(\.id) {
      let attachment = Attachment(target: target, policy: own.id)
      if !attachments.contains(attachment) { attachments.append(attachment) }
    }
  }

  /// Everything of the type is detached, for good.
  /// - Throws: if the type is not enabled.
  mutating func disable(_ type: String) throws(ChangeProblem) {
    guard isEnabled(type) else { throw ChangeProblem("\(Policy.short(type))s are not enabled in \(id).") }
    enabledTypes.removeAll { $0 == type }
    let gone = Set(policies.filter { $0.type == type }.map(\.id))
    attachments.removeAll { gone.contains($0.policy) }
  }

  private func count(_ type: String, on target: String) -> Int {
    let ids = Set(policies.filter { $0.type == type }.map(\.id))
    return attachments.count { $0.target == target && ids.contains($0.policy) }
  }

  /// What AWS attaches by itself.
  private static func ownPolicy(_ type: String) -> Policy {
    if type == Policy.resourceControlType {
      return Policy(
        id: Policy.resourceFullAccessID, name: "RCPFullAWSAccess", type: type,
        content:
          #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#)
    }
    return Policy(
      id: Policy.fullAccessID, name: "FullAWSAccess", type: type,
      content: #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#)
  }
}
