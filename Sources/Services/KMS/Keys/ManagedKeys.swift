import Cloud
import Wire

/// Keys that AWS keeps for an account's use of a service: `alias/aws/s3` and its like, made when they are first needed.
/// AWS: KMS developer guide, "AWS managed keys".
enum ManagedKeys {
  /// Makes the key with such an alias, if it isn't there yet and the service that it is for asks.
  static func prepare(
    _ id: String, _ vault: KeyVault, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    guard id.hasPrefix("alias/aws/"), let via = context.request.calledVia.last else { return }
    let service = String(id.dropFirst("alias/aws/".count))
    guard via == "\(service).amazonaws.com" else { return }
    let scope = try context.scope
    if try transaction.contains(AliasRecord.self, Key(.string(id)), in: scope) { return }
    let account = try context.account
    var record = KeyRecord(
      id: transaction.random.uuid(), account: account, region: context.region, created: transaction.now,
      spec: .symmetricDefault, usage: .encryptDecrypt, origin: .kms, description: description(service),
      state: .enabled, policy: policy(service, account, context.region))
    record.managedFor = service
    record.aliases = [id]
    record.materials = [try vault.newMaterial(transaction.random.bytes(32), transaction)]
    try transaction.insert(record, in: scope)
    try transaction.insert(
      AliasRecord(
        name: id, account: account, region: context.region, created: transaction.now, updated: transaction.now,
        keyID: record.id), in: scope)
  }

  private static func description(_ service: String) -> String {
    let what = service == "s3" ? "S3 objects" : "\(service.uppercased()) data"
    return "Default key that protects my \(what) when no other key is defined"
  }

  /// Everybody in the account may use it, but only through the service; nobody may change it.
  private static func policy(_ service: String, _ account: AccountID, _ region: Region) -> String {
    """
    {
      "Version" : "2012-10-17",
      "Id" : "auto-\(service)-2",
      "Statement" : [ {
        "Sid" : "Allow access through \(service.uppercased()) for all principals in the account that are authorized to use \(service.uppercased())",
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "*"
        },
        "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey" ],
        "Resource" : "*",
        "Condition" : {
          "StringEquals" : {
            "kms:CallerAccount" : "\(account)",
            "kms:ViaService" : "\(service).\(region).amazonaws.com"
          }
        }
      }, {
        "Sid" : "Allow direct access to key metadata to the account",
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "arn:aws:iam::\(account):root"
        },
        "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
        "Resource" : "*"
      } ]
    }
    """
  }
}
