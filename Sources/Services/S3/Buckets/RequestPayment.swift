import Cloud
import Wire

/// PutBucketRequestPayment and GetBucketRequestPayment: there is no bill here, so that only an owner can pay.
enum RequestPayment {
  static func put(
    _ input: PutBucketRequestPaymentRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    switch input.requestPaymentConfiguration.payer {
    case "BucketOwner": return NoMembers()
    case "Requester":
      throw AWSError(
        "NotImplemented", "Buckets whose requesters pay are not built in Hakoniwa; docs/s3.md lists what is.",
        status: 501, fault: .receiver)
    default: throw .malformedXML()
    }
  }

  static func get(
    _ input: GetBucketRequestPaymentRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketRequestPaymentOutput {
    GetBucketRequestPaymentOutput(payer: "BucketOwner")
  }
}
