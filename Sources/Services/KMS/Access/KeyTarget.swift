import Cloud
import Wire

/// The key that a call names: by id, by ARN, or by one of its aliases.
struct KeyTarget {
  let record: KeyRecord
  /// The alias by which it was named (`alias/orders`), for `kms:RequestAlias`.
  var alias: String?

  /// What a `KeyId` may be.
  enum Form {
    /// A key's id or ARN.
    case key
    /// Also an alias's name or ARN.
    case keyOrAlias
  }

  /// Finds the key.
  /// - Throws: NotFoundException, or InvalidArnException for an ARN of another service.
  static func find(
    _ text: String, _ form: Form, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> KeyTarget {
    // A service has no account of its own: it names keys by ARN, or means those of the account for which it acts.
    var named: AccountID?
    var name = text
    if text.hasPrefix("arn:") {
      guard let arn = ARN(text), arn.service == "kms", let owner = arn.accountID else { throw .invalidARN(text) }
      // unverified: AWS's words for a key of another Region.
      guard arn.region == context.region.rawValue else {
        throw AWSError("NotFoundException", "Invalid arn \(arn.region)")
      }
      named = owner
      if arn.resource.hasPrefix("key/") {
        name = String(arn.resource.dropFirst("key/".count))
      } else if arn.resource.hasPrefix("alias/") {
        name = arn.resource
      } else {
        throw .invalidARN(text)
      }
    }
    let account = if let owner = named ?? context.request.sourceAccount { owner } else { try context.account }
    if name.hasPrefix("alias/") {
      guard form == .keyOrAlias else { throw .invalidKeyID(text) }
      let arn = "arn:aws:kms:\(context.region):\(account):\(name)"
      guard
        let alias = try transaction.get(AliasRecord.self, Key(.string(name)), in: Scope(account, context.region)),
        let record = try KeyRecord.find(alias.keyID, account, context.region, transaction)
      else { throw .aliasNotFound(arn) }
      return KeyTarget(record: record, alias: name)
    }
    guard isKeyID(name) else { throw .invalidKeyID(text) }
    guard let record = try KeyRecord.find(name, account, context.region, transaction) else {
      throw .keyNotFound(KeyRecord.arn(name, account, context.region))
    }
    return KeyTarget(record: record)
  }

  /// Whether `text` looks like a key's id: a UUID, or `mrk-` and 32 hexadecimal digits.
  static func isKeyID(_ text: String) -> Bool {
    let isHex: (Substring) -> Bool = { $0.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 97 && $0 <= 102) } }
    if text.hasPrefix("mrk-") { return text.utf8.count == 36 && isHex(text.dropFirst(4)) }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy(isHex)
  }

  // MARK: What state allows

  /// - Throws: DisabledException or KMSInvalidStateException unless the key does cryptography now.
  func requireUsable() throws(AWSError) {
    switch record.state {
    case .enabled: return
    case .disabled: throw .disabled(record.arn)
    case .pendingDeletion: throw .invalidState(record.arn, "is pending deletion.")
    case .pendingReplicaDeletion: throw .invalidState(record.arn, "is pending replica deletion.")
    case .pendingImport: throw .invalidState(record.arn, "is pending import.")
    }
  }

  /// - Throws: KMSInvalidStateException for a key that is to be deleted: hardly anything can be changed of it.
  func requireNotPendingDeletion() throws(AWSError) {
    switch record.state {
    case .pendingDeletion: throw .invalidState(record.arn, "is pending deletion.")
    case .pendingReplicaDeletion: throw .invalidState(record.arn, "is pending replica deletion.")
    default: return
    }
  }

  /// - Throws: InvalidKeyUsageException.
  func require(_ usage: KeySpecification.Usage, for operation: String) throws(AWSError) {
    guard record.usage == usage else { throw .invalidKeyUsage(record.arn, record.usage.rawValue, operation) }
  }
}
