import Cloud
import Wire

/// Amazon S3: its operations, the permissions they need, and what does the work.
public enum S3Service {
  /// The service as the server puts it into the house.
  public static func definition() -> ServiceDefinition {
    ServiceDefinition(
      model: .s3, actionPrefix: "s3",
      operations: (buckets + settings + features + objects + uploads + listings).map(S3Events.audited),
      timers: S3Timers.run, work: S3Works.run, edge: edge, question: Access.question,
      deny: { denial in
        // S3 keeps the reason to itself when caller and owner belong to different accounts.
        guard denial.reason != nil else { return .accessDenied() }
        guard denial.resource == "*" else { return .accessDenied(denial.message(resourceIsQuoted: true)) }
        return .accessDenied(
          "User: \(denial.callerARN.isEmpty ? "anonymous" : denial.callerARN) is not authorized to perform: "
            + "\(denial.action) \(denial.reason ?? "")")
      })
  }

  private static let buckets: [Operation] = [
    Operation("CreateBucket", access: BucketOperations.createAccess, BucketOperations.create),
    open("DeleteBucket", Access.bucket("s3:DeleteBucket"), BucketOperations.delete),
    open("HeadBucket", Access.bucket("s3:ListBucket"), BucketOperations.head),
    open("GetBucketLocation", BucketOperations.locationAccess, BucketOperations.location),
    Operation("ListBuckets", isOpenToAnonymous: true, access: BucketOperations.listAccess, BucketOperations.list),
  ]

  private static let settings: [Operation] = [
    open("PutBucketPolicy", Access.bucket("s3:PutBucketPolicy"), BucketSettings.putPolicy),
    open("GetBucketPolicy", Access.bucket("s3:GetBucketPolicy"), BucketSettings.getPolicy),
    open("DeleteBucketPolicy", Access.bucket("s3:DeleteBucketPolicy"), BucketSettings.deletePolicy),
    open("GetBucketPolicyStatus", Access.bucket("s3:GetBucketPolicyStatus"), BucketSettings.policyStatus),
    open("PutBucketTagging", Access.bucket("s3:PutBucketTagging"), BucketSettings.putTags),
    open("GetBucketTagging", Access.bucket("s3:GetBucketTagging"), BucketSettings.getTags),
    open("DeleteBucketTagging", Access.bucket("s3:PutBucketTagging"), BucketSettings.deleteTags),
    open("PutBucketVersioning", Access.bucket("s3:PutBucketVersioning"), BucketSettings.putVersioning),
    open("GetBucketVersioning", Access.bucket("s3:GetBucketVersioning"), BucketSettings.getVersioning),
    open("PutPublicAccessBlock", Access.bucket("s3:PutBucketPublicAccessBlock"), BucketSettings.putPublicAccessBlock),
    open("GetPublicAccessBlock", Access.bucket("s3:GetBucketPublicAccessBlock"), BucketSettings.getPublicAccessBlock),
    open(
      "DeletePublicAccessBlock", Access.bucket("s3:PutBucketPublicAccessBlock"), BucketSettings.deletePublicAccessBlock),
    open("PutBucketOwnershipControls", Access.bucket("s3:PutBucketOwnershipControls"), ACLOperations.putOwnership),
    open("GetBucketOwnershipControls", Access.bucket("s3:GetBucketOwnershipControls"), ACLOperations.getOwnership),
    open(
      "DeleteBucketOwnershipControls", Access.bucket("s3:PutBucketOwnershipControls"), ACLOperations.deleteOwnership),
    open("PutBucketEncryption", Access.bucket("s3:PutEncryptionConfiguration"), BucketEncryptionOperations.put),
    open("GetBucketEncryption", Access.bucket("s3:GetEncryptionConfiguration"), BucketEncryptionOperations.get),
    open(
      "DeleteBucketEncryption", Access.bucket("s3:PutEncryptionConfiguration"), BucketEncryptionOperations.delete),
    open(
      "PutObjectLockConfiguration", Access.bucket("s3:PutBucketObjectLockConfiguration"),
      LockOperations.putConfiguration),
    open(
      "GetObjectLockConfiguration", Access.bucket("s3:GetBucketObjectLockConfiguration"),
      LockOperations.getConfiguration),
    open("GetBucketAcl", Access.bucket("s3:GetBucketAcl"), ACLOperations.getBucket),
    open("PutBucketAcl", Access.bucket("s3:PutBucketAcl"), ACLOperations.putBucket),
  ]

  private static let features: [Operation] = [
    open(
      "PutBucketNotificationConfiguration", Access.bucket("s3:PutBucketNotification"), NotificationOperations.put),
    open(
      "GetBucketNotificationConfiguration", Access.bucket("s3:GetBucketNotification"), NotificationOperations.get),
    open("PutBucketCors", Access.bucket("s3:PutBucketCORS"), CORSOperations.put),
    open("GetBucketCors", Access.bucket("s3:GetBucketCORS"), CORSOperations.get),
    open("DeleteBucketCors", Access.bucket("s3:PutBucketCORS"), CORSOperations.delete),
    open(
      "PutBucketLifecycleConfiguration", Access.bucket("s3:PutLifecycleConfiguration"), LifecycleOperations.put),
    open(
      "GetBucketLifecycleConfiguration", Access.bucket("s3:GetLifecycleConfiguration"), LifecycleOperations.get),
    open("DeleteBucketLifecycle", Access.bucket("s3:PutLifecycleConfiguration"), LifecycleOperations.delete),
    open("PutBucketWebsite", Access.bucket("s3:PutBucketWebsite"), WebsiteOperations.put),
    open("GetBucketWebsite", Access.bucket("s3:GetBucketWebsite"), WebsiteOperations.get),
    open("DeleteBucketWebsite", Access.bucket("s3:DeleteBucketWebsite"), WebsiteOperations.delete),
    open("PutBucketLogging", Access.bucket("s3:PutBucketLogging"), LoggingOperations.put),
    open("GetBucketLogging", Access.bucket("s3:GetBucketLogging"), LoggingOperations.get),
    open(
      "PutBucketReplication", Access.bucket("s3:PutReplicationConfiguration"), ReplicationOperations.put),
    open("GetBucketReplication", Access.bucket("s3:GetReplicationConfiguration"), ReplicationOperations.get),
    open(
      "DeleteBucketReplication", Access.bucket("s3:PutReplicationConfiguration"), ReplicationOperations.delete),
    open("PutBucketRequestPayment", Access.bucket("s3:PutBucketRequestPayment"), RequestPayment.put),
    open("GetBucketRequestPayment", Access.bucket("s3:GetBucketRequestPayment"), RequestPayment.get),
    Operation(
      streaming: "RestoreObject", isOpenToAnonymous: true,
      access: Access.version("s3:RestoreObject", ofVersion: "s3:RestoreObject"), RestoreObject.run),
  ]

  /// What is no operation: browsers' questions, websites, access logs.
  private static let edge = EdgeHandlers(
    preflight: { host, request, transaction throws(AWSError) in
      try CORSOperations.preflight(ObjectAddress(host: host, path: request.path), request, transaction)
    },
    crossOrigin: { host, request, transaction throws(AWSError) in
      guard let address = ObjectAddress(host: host, path: request.path) else { return [] }
      return try CORSOperations.headers(address, request, transaction)
    },
    website: Website.answer, log: LogDelivery.log)

  private static let objects: [Operation] = [
    open("PutObject", NewObject.access(PutObjectRequest.self), PutObject.run).sealing(PutObject.isSealing),
    Operation(
      streaming: "GetObject", isOpenToAnonymous: true,
      access: Access.version("s3:GetObject", ofVersion: "s3:GetObjectVersion"), GetObject.get),
    Operation(
      streaming: "HeadObject", isOpenToAnonymous: true,
      access: Access.version("s3:GetObject", ofVersion: "s3:GetObjectVersion"), GetObject.head),
    open("DeleteObject", Access.version("s3:DeleteObject", ofVersion: "s3:DeleteObjectVersion"), DeleteObject.run),
    open("DeleteObjects", DeleteObject.manyAccess, DeleteObject.many),
    open("CopyObject", CopyObject.access, CopyObject.run).readingBytes(),
    open("GetObjectAttributes", ObjectAttributesReading.access, ObjectAttributesReading.run),
    open("PutObjectTagging", ObjectTagging.putAccess, ObjectTagging.put),
    open(
      "GetObjectTagging", Access.version("s3:GetObjectTagging", ofVersion: "s3:GetObjectVersionTagging"),
      ObjectTagging.get),
    open(
      "DeleteObjectTagging", Access.version("s3:DeleteObjectTagging", ofVersion: "s3:DeleteObjectVersionTagging"),
      ObjectTagging.delete),
    open(
      "GetObjectAcl", Access.version("s3:GetObjectAcl", ofVersion: "s3:GetObjectVersionAcl"), ACLOperations.getObject),
    open(
      "PutObjectRetention", LockOperations.putRetentionAccess, LockOperations.putRetention),
    open("GetObjectRetention", Access.object("s3:GetObjectRetention"), LockOperations.getRetention),
    open("PutObjectLegalHold", LockOperations.putLegalHoldAccess, LockOperations.putLegalHold),
    open("GetObjectLegalHold", Access.object("s3:GetObjectLegalHold"), LockOperations.getLegalHold),
    open(
      "PutObjectAcl", Access.version("s3:PutObjectAcl", ofVersion: "s3:PutObjectVersionAcl"), ACLOperations.putObject),
  ]

  private static let uploads: [Operation] = [
    open("CreateMultipartUpload", NewObject.access(CreateMultipartUploadRequest.self), MultipartOperations.create),
    open("UploadPart", Access.object("s3:PutObject"), MultipartOperations.uploadPart)
      .sealing(MultipartOperations.isSealing),
    open("UploadPartCopy", MultipartOperations.copyAccess, MultipartOperations.uploadPartCopy).readingBytes(),
    open("CompleteMultipartUpload", Access.object("s3:PutObject"), CompleteUpload.run),
    open("AbortMultipartUpload", Access.object("s3:AbortMultipartUpload"), MultipartOperations.abort),
    open("ListParts", Access.object("s3:ListMultipartUploadParts"), MultipartOperations.listParts),
  ]

  private static let listings: [Operation] = [
    open("ListObjects", ListOperations.access("s3:ListBucket"), ListOperations.objects),
    open("ListObjectsV2", ListOperations.access("s3:ListBucket"), ListOperations.objectsV2),
    open("ListObjectVersions", ListOperations.access("s3:ListBucketVersions"), ListOperations.versions),
    open("ListMultipartUploads", Access.bucket("s3:ListBucketMultipartUploads"), ListOperations.uploads),
  ]

  /// An operation that may come without a signature: the bucket's policy decides.
  private static func open<Input: Structure, Output: Structure>(
    _ name: String, _ access: @escaping Accessing<Input>,
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output
  ) -> Operation {
    Operation(name, isOpenToAnonymous: true, access: access, handler)
  }
}
