import Cloud
import Wire

/// Opens what an object is encrypted with, for those who may.
enum Unlocking {
  /// The data key of an object that is to be read; nothing if S3's own keys are all it has.
  /// - Throws: InvalidRequest or AccessDenied for a customer's key that is missing, wrong or out of place; KMS's refusals.
  static func open(
    _ object: ObjectRecord, in bucket: BucketRecord, _ customerKey: CustomerKey?, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> DataKey? {
    try check(object, customerKey)
    guard let encryption = object.protection.encryption else { return nil }
    if let customerKey { return DataKey(customerKey.bytes) }
    return try KMSKeys.open(encryption, name: object.name, in: bucket, context, transaction)
  }

  /// Checks the customer's key without opening anything: what HeadObject does.
  static func check(_ object: ObjectRecord, _ customerKey: CustomerKey?) throws(AWSError) {
    guard let encryption = object.protection.encryption, encryption.kind == .customer else {
      if customerKey == nil { return }
      throw .invalidRequest("The encryption parameters are not applicable to this object.")
    }
    guard let customerKey else {
      throw .invalidRequest(
        "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to "
          + "retrieve the object.")
    }
    guard let proof = encryption.customerKeyProof, customerKey.matches(proof) else {
      throw .accessDenied(
        "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.")
    }
  }

  /// The data key that an upload's parts are encrypted with.
  /// - Throws: InvalidRequest unless a part brings the key that its upload was begun with.
  static func open(
    _ upload: UploadRecord, in bucket: BucketRecord, _ customerKey: CustomerKey?, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> DataKey? {
    let isCustomers = upload.encryption?.kind == .customer
    guard isCustomers == (customerKey != nil) else {
      throw .invalidRequest(
        "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate "
          + "encryption parameters.")
    }
    guard let encryption = upload.encryption else { return nil }
    guard let customerKey else {
      return try KMSKeys.open(encryption, name: upload.name, in: bucket, context, transaction)
    }
    guard let proof = encryption.customerKeyProof, customerKey.matches(proof) else {
      throw .invalidRequest("The provided encryption parameters did not match the ones used originally.")
    }
    return DataKey(customerKey.bytes)
  }
}
