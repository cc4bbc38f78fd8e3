import Cloud
import Wire

/// Other names of keys.
extension KMSService {
  var aliasOperations: [Operation] {
    [
      Operation("CreateAlias", access: Aliases.createAccess, Aliases.create),
      Operation("UpdateAlias", access: Aliases.updateAccess, Aliases.update),
      Operation("DeleteAlias", access: Aliases.deleteAccess, Aliases.delete),
      Operation(
        "ListAliases",
        access: { (_: ListAliasesRequest, _, _) throws(AWSError) in [AccessCheck("kms:ListAliases", on: "*")] },
        Aliases.list),
    ]
  }
}

/// CreateAlias, UpdateAlias, DeleteAlias and ListAliases.
///
/// A change of an alias needs permission on the alias, by IAM policies alone, and on each key concerned.
/// AWS: KMS developer guide, "Controlling access to aliases".
enum Aliases {
  private static func check(_ name: String) throws(AWSError) {
    guard name.hasPrefix("alias/"), name.utf8.count > "alias/".utf8.count else {
      throw .kmsValidation("Invalid identifier")
    }
    if name.hasPrefix("alias/aws/") { throw AWSError("NotAuthorizedException", "") }
    if name.contains(":") { throw .kmsValidation("\(name) contains invalid characters for an alias") }
  }

  private static func aliasCheck(
    _ action: String, _ name: String, _ context: Context
  ) throws(AWSError) -> AccessCheck {
    let account = try context.account
    return AccessCheck("kms:\(action)", on: "arn:aws:kms:\(context.region):\(account):\(name)", owner: account)
  }

  private static func target(
    _ id: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> KeyTarget {
    if id.contains("alias/") { throw .kmsValidation("Aliases must refer to keys. Not aliases") }
    return try KeyTarget.find(id, .key, context, transaction)
  }

  private static func find(
    _ name: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AliasRecord {
    guard let alias = try transaction.get(AliasRecord.self, Key(.string(name)), in: try context.scope) else {
      throw .aliasNotFound("arn:aws:kms:\(context.region):\(try context.account):\(name)")
    }
    return alias
  }

  // MARK: CreateAlias

  static func createAccess(
    _ input: CreateAliasRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    try check(input.aliasName)
    return [
      try aliasCheck("CreateAlias", input.aliasName, context),
      try KeyAccess.check(
        "CreateAlias", on: try target(input.targetKeyId, context, transaction), [], context, transaction),
    ]
  }

  static func create(
    _ input: CreateAliasRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let target = try target(input.targetKeyId, context, transaction)
    try target.requireNotPendingDeletion()
    let alias = AliasRecord(
      name: input.aliasName, account: target.record.account, region: context.region, created: transaction.now,
      updated: transaction.now, keyID: target.record.id)
    if try transaction.contains(AliasRecord.self, alias.key, in: target.record.scope) {
      throw AWSError("AlreadyExistsException", "An alias with the name \(alias.arn) already exists")
    }
    try transaction.insert(alias, in: target.record.scope)
    try name(target.record, transaction) { $0.append(alias.name) }
    return NoMembers()
  }

  // MARK: UpdateAlias

  static func updateAccess(
    _ input: UpdateAliasRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    try check(input.aliasName)
    let alias = try find(input.aliasName, context, transaction)
    let old = try KeyTarget.find(alias.keyID, .key, context, transaction)
    return [
      try aliasCheck("UpdateAlias", input.aliasName, context),
      try KeyAccess.check("UpdateAlias", on: old, [], context, transaction),
      try KeyAccess.check(
        "UpdateAlias", on: try target(input.targetKeyId, context, transaction), [], context, transaction),
    ]
  }

  static func update(
    _ input: UpdateAliasRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let old = try find(input.aliasName, context, transaction)
    let former = try KeyTarget.find(old.keyID, .key, context, transaction).record
    let target = try target(input.targetKeyId, context, transaction)
    try target.requireNotPendingDeletion()
    // AWS: UpdateAlias, both keys must be of one type and usage.
    guard former.spec.isAsymmetric == target.record.spec.isAsymmetric,
      (former.spec.family == .hmac) == (target.record.spec.family == .hmac), former.usage == target.record.usage
    else {
      // unverified: words
      throw .kmsValidation("Alias can only be updated to a KMS key of the same type and key usage.")
    }
    if former.id == target.record.id { return NoMembers() }
    var alias = old
    alias.keyID = target.record.id
    alias.updated = transaction.now
    try transaction.update(old, to: alias, in: target.record.scope)
    try name(former, transaction) { $0.removeAll { $0 == alias.name } }
    try name(target.record, transaction) { $0.append(alias.name) }
    return NoMembers()
  }

  // MARK: DeleteAlias

  static func deleteAccess(
    _ input: DeleteAliasRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    try check(input.aliasName)
    let alias = try find(input.aliasName, context, transaction)
    return [
      try aliasCheck("DeleteAlias", input.aliasName, context),
      try KeyAccess.check(
        "DeleteAlias", on: try KeyTarget.find(alias.keyID, .key, context, transaction), [], context, transaction),
    ]
  }

  static func delete(
    _ input: DeleteAliasRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let alias = try find(input.aliasName, context, transaction)
    let record = try KeyTarget.find(alias.keyID, .key, context, transaction).record
    try transaction.delete(alias, in: record.scope)
    try name(record, transaction) { $0.removeAll { $0 == alias.name } }
    return NoMembers()
  }

  // MARK: ListAliases

  static func list(
    _ input: ListAliasesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAliasesResponse {
    var aliases = try transaction.scan(AliasRecord.self, in: try context.scope)
    if let id = input.keyId {
      let record = try KeyTarget.find(id, .key, context, transaction).record
      aliases = aliases.filter { $0.keyID == record.id }
    }
    let page = try Page(aliases, limit: input.limit, standard: 50, marker: input.marker) { $0.name }
    return ListAliasesResponse(
      aliases: page.items.map {
        AliasListEntry(
          aliasName: $0.name, aliasArn: $0.arn, targetKeyId: $0.keyID, creationDate: $0.created,
          lastUpdatedDate: $0.updated)
      }, nextMarker: page.next, truncated: page.next != nil)
  }

  private static func name(
    _ old: KeyRecord, _ transaction: Transaction, _ change: (inout [String]) -> Void
  ) throws(AWSError) {
    var record = old
    change(&record.aliases)
    record.aliases.sort()
    try transaction.update(old, to: record, in: record.scope)
  }
}
