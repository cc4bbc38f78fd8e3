import Cloud

/// How CloudTrail sees S3's operations: what is done to objects is data, under the names of S3's REST API.
///
/// AWS: S3 user guide, "Amazon S3 CloudTrail events".
enum S3Events {
  /// The operation with its event.
  static func audited(_ operation: Operation) -> Operation {
    guard let event = events[operation.name] else { return operation }
    return operation.audited(as: event)
  }

  private static let object = "AWS::S3::Object"

  private static let events: [String: AuditEvent] = [
    // Objects.
    "AbortMultipartUpload": .data(object),
    "CompleteMultipartUpload": .data(object),
    "CopyObject": .data(object),
    "CreateMultipartUpload": .data(object),
    "DeleteObject": .data(object),
    "DeleteObjectTagging": .data(object),
    "DeleteObjects": .data(object),
    "GetObject": .data(object),
    "GetObjectAcl": .data(object),
    "GetObjectAttributes": .data(object),
    "GetObjectLegalHold": .data(object),
    "GetObjectRetention": .data(object),
    "GetObjectTagging": .data(object),
    "HeadObject": .data(object),
    "ListObjectVersions": .data(object),
    "ListObjects": .data(object),
    "ListObjectsV2": .data(object, name: "ListObjects"),
    "ListParts": .data(object),
    "PutObject": .data(object),
    "PutObjectAcl": .data(object),
    "PutObjectLegalHold": .data(object),
    "PutObjectRetention": .data(object),
    "PutObjectTagging": .data(object),
    "RestoreObject": .data(object),
    "SelectObjectContent": .data(object, readOnly: true),
    "UploadPart": .data(object),
    "UploadPartCopy": .data(object),
    "HeadBucket": .data(object),
    // Buckets.
    "ListMultipartUploads": .management(readOnly: true),
    "DeletePublicAccessBlock": .management(name: "DeleteBucketPublicAccessBlock"),
    "GetPublicAccessBlock": .management(readOnly: true, name: "GetBucketPublicAccessBlock"),
    "PutPublicAccessBlock": .management(name: "PutBucketPublicAccessBlock"),
    "GetBucketLifecycleConfiguration": .management(readOnly: true, name: "GetBucketLifecycle"),
    "PutBucketLifecycleConfiguration": .management(name: "PutBucketLifecycle"),
    "GetBucketNotificationConfiguration": .management(readOnly: true, name: "GetBucketNotification"),
    "PutBucketNotificationConfiguration": .management(name: "PutBucketNotification"),
    "GetObjectLockConfiguration": .management(readOnly: true, name: "GetBucketObjectLockConfiguration"),
    "PutObjectLockConfiguration": .management(name: "PutBucketObjectLockConfiguration"),
  ]
}
