import Checksums
import Cloud
import Identity
import struct Foundation.Data
import Wire

/// Grants of keys.
extension KMSService {
  var grantOperations: [Operation] {
    [
      onKey(
        "CreateGrant", .shared, id: { (input: CreateGrantRequest) in input.keyId }, keys: Granting.keys,
        Granting.create),
      onKey("ListGrants", .shared, id: { (input: ListGrantsRequest) in input.keyId }, Granting.list),
      onKey("RevokeGrant", .shared, id: { (input: RevokeGrantRequest) in input.keyId }, Granting.revoke),
      Operation(
        "ListRetirableGrants",
        access: { (_: ListRetirableGrantsRequest, _, _) throws(AWSError) in
          [AccessCheck("kms:ListRetirableGrants", on: "*")]
        }, Granting.listRetirable),
      // RetireGrant asks the judge itself, for which grant it is shows late: who is named by it needs no policy.
      Operation(
        "RetireGrant", access: { (_: RetireGrantRequest, _, _) throws(AWSError) in [] }, Granting.retire),
    ]
  }
}

/// CreateGrant and its siblings.
enum Granting {
  /// AWS: KMS developer guide, "Resource quotas": grants per key.
  static let limit = 50_000

  static func keys(_ input: CreateGrantRequest) -> KeyAccess.Keys {
    var keys: KeyAccess.Keys = [
      ("kms:GranteePrincipal", .single(input.granteePrincipal)),
      ("kms:GrantOperations", .multiple(input.operations)), ("kms:GrantIsForAWSResource", .single("false")),
    ]
    if let retiring = input.retiringPrincipal { keys.append(("kms:RetiringPrincipal", .single(retiring))) }
    if input.constraints?.encryptionContextEquals != nil {
      keys.append(("kms:GrantConstraintType", .single("EncryptionContextEquals")))
    } else if input.constraints?.encryptionContextSubset != nil {
      keys.append(("kms:GrantConstraintType", .single("EncryptionContextSubset")))
    }
    return keys
  }

  static func create(
    _ input: CreateGrantRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateGrantResponse {
    let record = target.record
    try target.requireUsable()
    let grantee = try pinned(input.granteePrincipal, transaction)
    let retiring = try input.retiringPrincipal.map { name throws(AWSError) in try pinned(name, transaction) }
    if input.operations.isEmpty {
      throw .kmsValidation(
        "1 validation error detected: Value '[]' at 'operations' failed to satisfy constraint: Member must have length "
          + "greater than or equal to 1")
    }
    for operation in input.operations where !allowed(operation, record) {
      throw .kmsValidation(
        "The operation \(operation) is not valid for a key of usage \(record.usage.rawValue).")  // unverified: words
    }
    if input.constraints != nil, record.spec.family != .symmetric {
      // unverified: words
      throw .kmsValidation("Grant constraints are only valid for symmetric encryption KMS keys.")
    }
    if input.dryRun == true { throw .dryRun() }
    let existing = try transaction.scan(GrantRecord.self, in: record.scope, .prefix(.string(record.id)))
    if let name = input.name,
      let same = existing.first(where: {
        $0.name == name && $0.grantee == grantee && $0.retiring == retiring && $0.isLike(input)
      })
    {
      return CreateGrantResponse(grantToken: same.token, grantId: same.id)
    }
    if existing.count >= limit { throw .limitExceeded("Grants for \(record.arn) exceed \(limit).") }
    let id = Hex.encode(transaction.random.bytes(32))
    let secret = Hex.encode(transaction.random.bytes(16))
    let token = Data("\(record.region)/\(record.account)/\(record.id)/\(id)/\(secret)".utf8).base64EncodedString()
    let grant = GrantRecord(
      id: id, token: token, keyID: record.id, keyARN: record.arn, created: transaction.now, name: input.name,
      grantee: grantee, retiring: retiring,
      issuer: context.caller.account.map { "arn:aws:iam::\($0):root" } ?? context.caller.arn,
      operations: input.operations, contextEquals: input.constraints?.encryptionContextEquals,
      contextSubset: input.constraints?.encryptionContextSubset)
    try transaction.insert(grant, in: record.scope)
    try count(record, by: 1, transaction)
    return CreateGrantResponse(grantToken: token, grantId: id)
  }

  /// A principal as grants are stored.
  /// - Throws: InvalidArnException, in the words that users of AWS report.
  private static func pinned(_ text: String, _ transaction: Transaction) throws(AWSError) -> String {
    if text.hasSuffix(".amazonaws.com") { return text }
    guard let arn = ARN(text), arn.accountID != nil else { throw .invalidARN(text) }
    do { return try Principals.pinned(text, transaction) } catch {
      guard error.code == "MalformedPolicyDocument" else { throw error }
      throw AWSError("InvalidArnException", "ARN does not refer to a valid principal: \(text)")
    }
  }

  /// A principal as grants are stored, for looking one up: of one that is gone nothing is found.
  private static func known(_ text: String, _ transaction: Transaction) throws(AWSError) -> String {
    do { return try pinned(text, transaction) } catch {
      guard error.code == "InvalidArnException" else { throw error }
      return text
    }
  }

  /// Whether a key of this usage has the operation at all.
  private static func allowed(_ operation: String, _ record: KeyRecord) -> Bool {
    switch operation {
    case "CreateGrant", "RetireGrant", "DescribeKey": true
    case "GetPublicKey": record.spec.isAsymmetric
    case "Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo": record.usage == .encryptDecrypt
    case "Sign", "Verify": record.usage == .signVerify
    case "GenerateMac", "VerifyMac": record.usage == .generateVerifyMac
    case "DeriveSharedSecret": record.usage == .keyAgreement
    default: record.spec.family == .symmetric
    }
  }

  private static func count(_ old: KeyRecord, by change: Int, _ transaction: Transaction) throws(AWSError) {
    var record = old
    record.grantCount += change
    try transaction.update(old, to: record, in: record.scope)
  }

  // MARK: Listing

  static func list(
    _ input: ListGrantsRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListGrantsResponse {
    var grants = try transaction.scan(
      GrantRecord.self, in: target.record.scope, .prefix(.string(target.record.id)))
    if let id = input.grantId { grants = grants.filter { $0.id == id } }
    if let name = input.granteePrincipal {
      let grantee = try known(name, transaction)
      grants = grants.filter { $0.grantee == grantee }
    }
    let page = try Page(grants, limit: input.limit, standard: 50, marker: input.marker) { $0.id }
    return ListGrantsResponse(
      grants: try entries(page.items, transaction), nextMarker: page.next, truncated: page.next != nil)
  }

  static func listRetirable(
    _ input: ListRetirableGrantsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListGrantsResponse {
    let retiring = try known(input.retiringPrincipal, transaction)
    let grants = try transaction.scan(
      GrantRecord.self, by: GrantRecord.byRetiring, in: try context.scope, .prefix(.string(retiring)))
    let page = try Page(grants, limit: input.limit, standard: 50, marker: input.marker) { $0.keyID + "/" + $0.id }
    return ListGrantsResponse(
      grants: try entries(page.items, transaction), nextMarker: page.next, truncated: page.next != nil)
  }

  private static func entries(
    _ grants: [GrantRecord], _ transaction: Transaction
  ) throws(AWSError) -> [GrantListEntry] {
    var entries: [GrantListEntry] = []
    for grant in grants { entries.append(try grant.entry(transaction)) }
    return entries
  }

  // MARK: Ending

  static func revoke(
    _ input: RevokeGrantRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let grant = try find(input.grantId, of: target.record, transaction)
    if input.dryRun == true { throw .dryRun() }
    try transaction.delete(grant, in: target.record.scope)
    try count(target.record, by: -1, transaction)
    return NoMembers()
  }

  private static func find(
    _ id: String, of record: KeyRecord, _ transaction: Transaction
  ) throws(AWSError) -> GrantRecord {
    guard
      let grant = try transaction.get(GrantRecord.self, Key(.string(record.id), .string(id)), in: record.scope)
    else {
      throw AWSError("NotFoundException", "Grant ID \(id) not found")
    }
    return grant
  }

  static func retire(
    _ input: RetireGrantRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let (target, id) = try named(input, context, transaction)
    let grant = try find(id, of: target.record, transaction)
    let caller = context.caller
    let names = names(of: caller)
    var check = try KeyAccess.check("RetireGrant", .shared, on: target, [], context, transaction)
    // AWS: RetireGrant, "can be called by the retiring principal, the grantee principal if the grant has the RetireGrant
    // operation, and the AWS account in which the grant was created".
    let isNamed =
      names.contains { $0 == grant.retiring }
      || (grant.operations.contains("RetireGrant") && names.contains(grant.grantee))
      || names.contains(grant.issuer)
    if isNamed, let name = names.last, let policy = check.resourcePolicy {
      // What denies it, an SCP for instance, denies it all the same.
      check.resourcePolicy = try KeyPolicy.adding(grant.permission("RetireGrant", to: name), to: policy)
    }
    try context.authorize(check, transaction)
    if input.dryRun == true { throw .dryRun() }
    try transaction.delete(grant, in: target.record.scope)
    try count(target.record, by: -1, transaction)
    return NoMembers()
  }

  /// What a caller may be called in a grant; the last is what a policy calls him.
  private static func names(of caller: Caller) -> [String] {
    switch caller.kind {
    case .user(_, let id): [caller.arn, id]
    case .assumedRole(_, let id, _): [caller.arn, id]
    default: [caller.arn]
    }
  }

  /// The grant that a request names, by its token or by key and id.
  private static func named(
    _ input: RetireGrantRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (KeyTarget, String) {
    if let token = input.grantToken {
      let parts = try GrantToken.parts(token)
      let target = try KeyTarget.find(
        "arn:aws:kms:\(parts[0]):\(parts[1]):key/\(parts[2])", .key, context, transaction)
      return (target, parts[3])
    }
    guard let keyID = input.keyId, let id = input.grantId else {
      throw .kmsValidation("Must specify a grant token or both key ID and grant ID")  // unverified: words
    }
    return (try KeyTarget.find(keyID, .key, context, transaction), id)
  }
}

/// Grant tokens: here a grant can be used at once, so they only have to be real.
enum GrantToken {
  /// Region, account, key id, grant id and a secret.
  /// - Throws: InvalidGrantTokenException.
  static func parts(_ token: String) throws(AWSError) -> [String] {
    let text = Data(base64Encoded: token).flatMap { String(data: $0, encoding: .utf8) } ?? ""
    let parts = text.split(separator: "/").map(String.init)
    guard parts.count == 5 else { throw AWSError("InvalidGrantTokenException", "Invalid grant token.") }
    return parts
  }

  static func check(_ tokens: [String]?) throws(AWSError) { for token in tokens ?? [] { _ = try parts(token) } }
}

extension GrantRecord {
  fileprivate func isLike(_ input: CreateGrantRequest) -> Bool {
    operations == input.operations && contextEquals == input.constraints?.encryptionContextEquals
      && contextSubset == input.constraints?.encryptionContextSubset
  }

  /// As the lists show it: with ARNs, and ids of what is gone.
  fileprivate func entry(_ transaction: Transaction) throws(AWSError) -> GrantListEntry {
    var entry = GrantListEntry()
    entry.keyId = keyARN
    entry.grantId = id
    entry.name = name ?? ""
    entry.creationDate = created
    entry.granteePrincipal = try Principals.arn(ofID: grantee, transaction) ?? grantee
    entry.retiringPrincipal = try retiring.map { id throws(AWSError) in
      try Principals.arn(ofID: id, transaction) ?? id
    }
    entry.issuingAccount = issuer
    entry.operations = operations
    if contextEquals != nil || contextSubset != nil {
      entry.constraints = GrantConstraints(
        encryptionContextSubset: contextSubset, encryptionContextEquals: contextEquals)
    }
    return entry
  }
}
