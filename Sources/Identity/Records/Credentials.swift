import Cloud
import Wire

/// What a signature is checked against, and who made it.
public struct Credential: Sendable {
  public var secretAccessKey: String
  /// What `X-Amz-Security-Token` must say; nothing for long-term keys.
  public var sessionToken: String?
  /// Whether an access key is `Active`.
  public var isActive: Bool
  /// When temporary credentials end.
  public var expires: Timestamp?
  public var caller: Caller
}

/// Finds credentials by access key id.
///
/// Out of the box, access key `test` is the root user of account 000000000000 and an access key that is a twelve-digit
/// number is the root user of that account; the secret of both is `test`. Accounts need no creation. All else was made by
/// IAM or STS.
public enum Credentials {
  /// The access key of the first account's root user, and the secret of every account's.
  public static let wellKnown = "test"

  /// The credential of an access key id; nothing if there is none, or its user or role is gone.
  public static func find(_ accessKeyID: String, in transaction: Transaction) throws(AWSError) -> Credential? {
    if let account = accessKeyID == wellKnown ? AccountID.first : AccountID(accessKeyID) {
      return Credential(
        secretAccessKey: wellKnown, sessionToken: nil, isActive: true, expires: nil,
        caller: .root(of: account, accessKeyID: accessKeyID))
    }
    guard let (kind, account) = UniqueID.read(accessKeyID) else { return nil }
    switch kind {
    case .accessKey:
      guard let record = try transaction.get(AccessKeyRecord.self, Key(accessKeyID), in: Scope(account)),
        let caller = try caller(of: record, transaction)
      else { return nil }
      return Credential(
        secretAccessKey: record.secret, sessionToken: nil, isActive: record.isActive, expires: nil, caller: caller)
    case .temporaryAccessKey:
      guard let record = try transaction.get(SessionRecord.self, Key(accessKeyID), in: Scope(account)),
        let caller = try record.caller(in: transaction)
      else { return nil }
      return Credential(
        secretAccessKey: record.secret, sessionToken: record.token, isActive: true, expires: record.expires,
        caller: caller)
    default:
      return nil
    }
  }

  /// The account that an access key id belongs to, whether the key exists or not.
  public static func account(of accessKeyID: String) -> AccountID? {
    if accessKeyID == wellKnown { return .first }
    if let account = AccountID(accessKeyID) { return account }
    guard let (kind, account) = UniqueID.read(accessKeyID) else { return nil }
    return kind == .accessKey || kind == .temporaryAccessKey ? account : nil
  }

  private static func caller(of key: AccessKeyRecord, _ transaction: Transaction) throws(AWSError) -> Caller? {
    guard let name = key.userName else { return .root(of: key.account, accessKeyID: key.id) }
    guard let user = try UserRecord.find(name, in: key.account, transaction) else { return nil }
    return Caller(
      kind: .user(name: user.name, id: user.id), account: key.account, arn: user.arn, userID: user.id,
      accessKeyID: key.id)
  }
}
