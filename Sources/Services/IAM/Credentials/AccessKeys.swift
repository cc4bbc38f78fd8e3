import Cloud
import Identity
import Wire

/// Access keys of users and of the root user.
enum AccessKeys {
  /// A key of a user's, or of the root user's.
  private static func find(
    _ id: String, of name: String?, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessKeyRecord {
    guard let key = try transaction.get(AccessKeyRecord.self, Key(id), in: Scope(try context.account)),
      key.userName?.lowercased() == name?.lowercased()
    else { throw .noSuchEntity("The Access Key with id \(id) cannot be found.") }
    return key
  }

  static func create(
    _ input: CreateAccessKeyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateAccessKeyResponse {
    let account = try context.account
    var name = try context.userName(input.userName)
    if let given = name { name = try Users.find(given, context, transaction).name }
    guard try AccessKeyRecord.all(of: name, in: account, transaction).count < Quota.accessKeysPerUser else {
      throw .quota("AccessKeysPerUser", Quota.accessKeysPerUser)
    }
    let key = AccessKeyRecord(
      id: UniqueID.make(.accessKey, for: account, transaction.random), secret: UniqueID.secret(transaction.random),
      account: account, userName: name, created: transaction.now.wholeSeconds)
    try transaction.insert(key, in: Scope(account))
    return CreateAccessKeyResponse(
      accessKey: AccessKey(
        userName: name ?? "", accessKeyId: key.id, status: "Active", secretAccessKey: key.secret,
        createDate: key.created))
  }

  static func list(
    _ input: ListAccessKeysRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAccessKeysResponse {
    var name = try context.userName(input.userName)
    if let given = name { name = try Users.find(given, context, transaction).name }
    let keys = try AccessKeyRecord.all(of: name, in: try context.account, transaction)
    let page = try Page(keys, after: input.marker, limit: input.maxItems, by: \.id)
    return ListAccessKeysResponse(
      accessKeyMetadata: page.items.map { key in
        AccessKeyMetadata(
          userName: name, accessKeyId: key.id, status: key.isActive ? "Active" : "Inactive", createDate: key.created)
      }, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func update(
    _ input: UpdateAccessKeyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let name = try context.userName(input.userName)
    if let name { _ = try Users.find(name, context, transaction) }
    let old = try find(input.accessKeyId, of: name, context, transaction)
    var key = old
    key.isActive = input.status == "Active"
    try transaction.update(old, to: key, in: Scope(key.account))
    return NoMembers()
  }

  static func delete(
    _ input: DeleteAccessKeyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let name = try context.userName(input.userName)
    if let name { _ = try Users.find(name, context, transaction) }
    let key = try find(input.accessKeyId, of: name, context, transaction)
    try transaction.delete(key, in: Scope(key.account))
    try transaction.delete(LastUseRecord.self, Key(key.id), in: Scope(key.account))
    return NoMembers()
  }

  static func lastUsed(
    _ input: GetAccessKeyLastUsedRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetAccessKeyLastUsedResponse {
    let account = try context.account
    guard let key = try transaction.get(AccessKeyRecord.self, Key(input.accessKeyId), in: Scope(account)) else {
      // AWS keeps to itself whether the key exists.
      throw AWSError(
        "AccessDenied",
        "User: \(context.caller.arn) is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key "
          + input.accessKeyId, status: 403)
    }
    let use = try LastUse.of(key.id, in: account, transaction)
    return GetAccessKeyLastUsedResponse(
      userName: key.userName,
      accessKeyLastUsed: AccessKeyLastUsed(
        lastUsedDate: use?.time.wholeSeconds, serviceName: use?.service ?? "N/A", region: use?.region ?? "N/A"))
  }
}
