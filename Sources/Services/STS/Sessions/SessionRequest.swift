import Cloud
import Identity
import Policy
import Wire

/// What every operation that gives credentials may be asked to put into the session: policies and tags.
struct SessionRequest {
  var policy: String?
  var policyARNs: [String]
  var tags: [Tag]
  var transitiveKeys: [String]

  init(
    policy: String?, policyARNs: [PolicyDescriptorType]?, tags: [Tag]? = nil, transitiveKeys: [String]? = nil
  ) {
    self.policy = policy.flatMap { $0.isEmpty ? nil : $0 }
    self.policyARNs = (policyARNs ?? []).compactMap(\.arn)
    self.tags = tags ?? []
    self.transitiveKeys = transitiveKeys ?? []
  }

  /// The condition keys of the tags.
  var tagKeys: [(name: String, value: ConditionValue)] {
    guard !tags.isEmpty else { return [] }
    var keys: [(name: String, value: ConditionValue)] = tags.map { ("aws:RequestTag/\($0.key)", .single($0.value)) }
    keys.append(("aws:TagKeys", .multiple(tags.map(\.key))))
    if !transitiveKeys.isEmpty { keys.append(("sts:TransitiveTagKeys", .multiple(transitiveKeys))) }
    return keys
  }

  /// Checks everything and puts it into a session.
  /// - Parameter inherited: the transitive tags of the calling session.
  /// - Returns: how much of the space is taken, in percent; nothing if there is nothing to pack.
  func apply(
    to session: inout SessionRecord, inherited: [String: String] = [:], _ transaction: Transaction
  ) throws(AWSError) -> Int? {
    if let policy {
      do { try PolicyValidator.check(policy, as: .session) } catch {
        throw error.kind == .tooLarge ? .validation(error.message) : .malformedPolicy(error.message)
      }
      session.inlinePolicy = policy
    }
    guard policyARNs.count <= 10 else {
      throw .validation(
        "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less "
          + "than or equal to 10")
    }
    for arn in policyARNs {
      guard let found = try ManagedPolicyRecord.find(arn: arn, transaction),
        found.account == nil || found.account == session.account
      else {
        // unverified: the words.
        throw .malformedPolicy("Policy \(arn) does not exist or is not attachable.")
      }
    }
    session.managedPolicyARNs = policyARNs
    session.tags = inherited
    session.transitiveTagKeys = Array(inherited.keys)
    try addTags(to: &session, inherited)
    return try packedSize(session)
  }

  private func addTags(to session: inout SessionRecord, _ inherited: [String: String]) throws(AWSError) {
    var seen: Set<String> = []
    let fixed = Set(inherited.keys.map { $0.lowercased() })
    for tag in tags {
      let key = tag.key.lowercased()
      guard seen.insert(key).inserted else {
        throw .invalidParameter("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
      }
      guard !key.hasPrefix("aws:") else {
        throw .invalidParameter("Tag keys beginning with aws: are reserved for system use.")
      }
      guard !fixed.contains(key) else {
        throw .invalidParameter(
          "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the "
            + "calling session.")
      }
      session.tags[tag.key] = tag.value
    }
    for key in transitiveKeys {
      guard seen.contains(key.lowercased()) else {
        throw .invalidParameter("The specified transitive tag key must be included in the requested tags.")
      }
      session.transitiveTagKeys.append(key)
    }
    guard session.tags.count <= 50 else {
      throw .validation(
        "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or "
          + "equal to 50")
    }
  }

  // unverified: AWS packs into a binary form of its own and tells only a percentage; taken here: the characters as they
  // are, of 4,096.
  private func packedSize(_ session: SessionRecord) throws(AWSError) -> Int? {
    var size = (policy ?? "").utf8.count
    for arn in policyARNs { size += arn.utf8.count }
    for (key, value) in session.tags { size += key.utf8.count + value.utf8.count }
    guard size > 0 else { return nil }
    let percent = (size * 100 + 4095) / 4096
    guard percent <= 100 else { throw .packedPolicyTooLarge(percent) }
    return percent
  }
}

extension Credentials {
  init(_ session: SessionRecord) {
    self.init(
      accessKeyId: session.accessKeyID, secretAccessKey: session.secret, sessionToken: session.token,
      expiration: session.expires.wholeSeconds)
  }
}

/// A code of an MFA device, as operations that give credentials may bring it.
enum MultiFactor {
  /// Whether a code was given. A wrong one is refused.
  static func check(
    serialNumber: String?, code: String?, of caller: Caller, _ transaction: Transaction
  ) throws(AWSError) -> Bool {
    guard let serialNumber, let code, let account = caller.account else {
      if serialNumber != nil || code != nil {
        throw .validation("Both SerialNumber and TokenCode must be given, or neither.")
      }
      return false
    }
    let owner: String
    switch caller.kind {
    case .user(let name, _): owner = name
    default: owner = ""
    }
    guard var device = try transaction.get(MFADeviceRecord.self, Key(serialNumber), in: Scope(account)),
      device.owner?.lowercased() == owner.lowercased(), device.accept(code, at: transaction.now)
    else { throw .accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code.") }
    try transaction.put(device, in: Scope(account))
    return true
  }
}
