import Cloud
import Identity
import Wire

/// Amazon S3 Control: what of S3 belongs to an account as a whole. Built is Block Public Access.
///
/// It stands behind S3 in the house, since both sign as `s3` and share a prefix of actions.
public enum S3ControlService {
  /// The service as the server puts it into the house.
  public static func definition() -> ServiceDefinition {
    ServiceDefinition(
      model: .s3control, actionPrefix: "s3",
      operations: [
        Operation("PutPublicAccessBlock", access: AccountAccess.access("s3:PutAccountPublicAccessBlock"), put),
        Operation("GetPublicAccessBlock", access: AccountAccess.access("s3:GetAccountPublicAccessBlock"), get),
        Operation("DeletePublicAccessBlock", access: AccountAccess.access("s3:PutAccountPublicAccessBlock"), delete),
      ],
      deny: { denial in
        guard denial.reason != nil else { return AccountAccess.refused("Access Denied") }
        return AccountAccess.refused(
          "User: \(denial.callerARN) is not authorized to perform: \(denial.action) \(denial.reason ?? "")")
      })
  }

  private static func put(
    _ input: PutPublicAccessBlockRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let wanted = input.publicAccessBlockConfiguration
    let block = PublicAccessBlock(
      blockPublicACLs: wanted.blockPublicAcls ?? false, ignorePublicACLs: wanted.ignorePublicAcls ?? false,
      blockPublicPolicy: wanted.blockPublicPolicy ?? false, restrictPublicBuckets: wanted.restrictPublicBuckets ?? false
    )
    try transaction.put(AccountPublicAccessRecord(block), in: Scope(try context.account))
    return NoMembers()
  }

  private static func get(
    _ input: GetPublicAccessBlockRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetPublicAccessBlockOutput {
    let found = try transaction.get(
      AccountPublicAccessRecord.self, AccountPublicAccessRecord.key, in: Scope(try context.account))
    guard let block = found?.block else {
      throw AWSError(
        "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", status: 404,
        fields: [("AccountId", .string(input.accountId))])
    }
    return GetPublicAccessBlockOutput(
      publicAccessBlockConfiguration: PublicAccessBlockConfiguration(
        blockPublicAcls: block.blockPublicACLs, ignorePublicAcls: block.ignorePublicACLs,
        blockPublicPolicy: block.blockPublicPolicy, restrictPublicBuckets: block.restrictPublicBuckets))
  }

  private static func delete(
    _ input: DeletePublicAccessBlockRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try transaction.delete(
      AccountPublicAccessRecord.self, AccountPublicAccessRecord.key, in: Scope(try context.account))
    return NoMembers()
  }
}

/// Inputs that name an account, by `x-amz-account-id`.
protocol AccountInput: Structure {
  var accountId: String { get }
}

extension PutPublicAccessBlockRequest: AccountInput {}
extension GetPublicAccessBlockRequest: AccountInput {}
extension DeletePublicAccessBlockRequest: AccountInput {}

/// Who may change what belongs to an account.
enum AccountAccess {
  static func access<Input: AccountInput>(
    _ action: String
  ) -> @Sendable (Input, Context, Transaction) throws(AWSError) -> [AccessCheck] {
    { input, context, transaction throws(AWSError) in
      guard let account = AccountID(input.accountId) else {
        throw AWSError("InvalidRequest", "Invalid account id", status: 400)  // unverified: words
      }
      // Nobody acts on another account but through a role in it.
      guard context.caller.account == account else { throw refused("Access Denied") }
      return [AccessCheck(action, on: "*", owner: account)]
    }
  }

  static func refused(_ message: String) -> AWSError { AWSError("AccessDenied", message, status: 403) }
}
