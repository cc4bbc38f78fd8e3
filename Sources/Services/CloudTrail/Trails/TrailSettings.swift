import Cloud
import Identity
import Wire

/// What CreateTrail and UpdateTrail say of a trail; what is absent stays as it is.
struct TrailWishes {
  var bucket: String?
  var prefix: String?
  var topic: String?
  var includesGlobalEvents: Bool?
  var isMultiRegion: Bool?
  var validatesFiles: Bool?
  var logGroupARN: String?
  var roleARN: String?
  var key: String?
  var isOrganizationTrail: Bool?

  /// The trail as it is wished for; destinations are not looked at yet, but their names are.
  /// - Throws: InvalidS3BucketNameException, InvalidS3PrefixException, InvalidParameterCombinationException and their like.
  func apply(to trail: TrailRecord) throws(AWSError) -> TrailRecord {
    var trail = trail
    if let bucket {
      try TrailWishes.check(bucket: bucket)
      trail.bucket = bucket
    }
    if let prefix {
      guard prefix.utf8.count <= 200 else {
        throw .trail(
          "InvalidS3PrefixException", "S3 prefix is longer than maximum length supported.")
      }
      trail.prefix = prefix.isEmpty ? nil : prefix
    }
    if let isMultiRegion { trail.isMultiRegion = isMultiRegion }
    if let includesGlobalEvents { trail.includesGlobalEvents = includesGlobalEvents }
    if isMultiRegion == true, includesGlobalEvents == nil { trail.includesGlobalEvents = true }
    if trail.isMultiRegion, !trail.includesGlobalEvents {
      throw .combination("Multi-Region trail must include global service events.")
    }
    if let validatesFiles { trail.validatesFiles = validatesFiles }
    try applyLogs(to: &trail)
    return trail
  }

  private func applyLogs(to trail: inout TrailRecord) throws(AWSError) {
    if let logGroupARN { trail.logGroupARN = logGroupARN.isEmpty ? nil : logGroupARN }
    if let roleARN { trail.roleARN = roleARN.isEmpty ? nil : roleARN }
    guard (trail.logGroupARN == nil) == (trail.roleARN == nil) else {
      throw .combination(
        "You must specify both a CloudWatchLogs log group and role ARN, or neither.")  // unverified: words
    }
  }

  /// AWS: S3 user guide, "General purpose bucket naming rules"; the words are those that CloudTrail answers.
  private static func check(bucket: String) throws(AWSError) {
    func fail(_ message: String) -> AWSError { .trail("InvalidS3BucketNameException", message) }
    let bytes = Array(bucket.utf8)
    guard bytes.count >= 3, bytes.count <= 63 else {
      throw fail("Bucket name should be between 3 and 63 characters long")
    }
    guard bytes.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 || $0 == 95 })
    else {
      throw fail("Bucket name should not contain uppercase characters")
    }
  }
}
