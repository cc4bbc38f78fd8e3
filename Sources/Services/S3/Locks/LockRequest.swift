import Cloud
import Wire

/// Inputs that may lock the object they make.
protocol LockInput {
  var objectLockMode: String? { get }
  var objectLockRetainUntilDate: Timestamp? { get }
  var objectLockLegalHoldStatus: String? { get }
}

/// Answers that show an object's lock.
protocol LockOutput {
  var objectLockMode: String? { get set }
  var objectLockRetainUntilDate: Timestamp? { get set }
  var objectLockLegalHoldStatus: String? { get set }
}

extension GetObjectOutput: LockOutput {}
extension HeadObjectOutput: LockOutput {}

extension LockInput {
  /// Whether the request says anything of locks.
  var asksForLock: Bool {
    objectLockMode != nil || objectLockRetainUntilDate != nil || objectLockLegalHoldStatus != nil
  }

  /// The lock that the request asks for.
  /// - Throws: InvalidRequest in a bucket without Object Lock, InvalidArgument.
  func lock(in bucket: BucketRecord, now: Timestamp) throws(AWSError) -> ObjectLock {
    if !asksForLock { return .none }
    if bucket.objectLock == nil { throw .lockMissing() }
    var lock = ObjectLock()
    if let status = objectLockLegalHoldStatus {
      guard ["ON", "OFF"].contains(status) else {
        throw .invalidArgument(
          "Legal Hold must be either of 'ON' or 'OFF'", "x-amz-object-lock-legal-hold", status)
      }
      lock.legalHold = status == "ON"
    }
    guard (objectLockMode == nil) == (objectLockRetainUntilDate == nil) else {
      throw .invalidArgument(
        "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
        objectLockMode == nil ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date", "null")
    }
    if let name = objectLockMode, let until = objectLockRetainUntilDate {
      guard let mode = ObjectLock.Mode(rawValue: name) else {
        throw .invalidArgument("Unknown wormMode directive.", "x-amz-object-lock-mode", name)
      }
      guard until > now else {
        throw .invalidArgument(
          "The retain until date must be in the future!", "x-amz-object-lock-retain-until-date", until.iso8601)
      }
      lock.retention = .init(mode: mode, until: until)
    }
    return lock
  }

  /// The condition keys of a lock in a request. AWS: service authorization reference, condition keys for Amazon S3.
  func lockKeys(now: Timestamp) -> [(name: String, value: ConditionValue)] {
    var keys: [(name: String, value: ConditionValue)] = []
    if let objectLockMode { keys.append(("s3:object-lock-mode", .single(objectLockMode))) }
    if let until = objectLockRetainUntilDate { keys += LockKeys.until(until, now: now) }
    if let objectLockLegalHoldStatus {
      keys.append(("s3:object-lock-legal-hold", .single(objectLockLegalHoldStatus)))
    }
    return keys
  }
}

/// The condition keys of a retention's end.
enum LockKeys {
  static func until(_ until: Timestamp, now: Timestamp) -> [(name: String, value: ConditionValue)] {
    // Begun days count. unverified
    let days = max(0, (until.milliseconds - now.milliseconds + 86_399_999) / 86_400_000)
    return [
      ("s3:object-lock-retain-until-date", .single(until.iso8601)),
      ("s3:object-lock-remaining-retention-days", .single(String(days))),
    ]
  }
}

/// What a locked object's upload must bring.
enum LockedUpload {
  /// AWS: PutObject, "The Content-MD5 or x-amz-sdk-checksum-algorithm header is required for any request to upload an object
  /// with a retention period configured using Amazon S3 Object Lock."
  static func requireDigest(_ lock: ObjectLock, _ body: ReceivedBody, _ request: RequestFacts) throws(AWSError) {
    if lock == .none || request.header("content-md5") != nil || !body.trailers.isEmpty { return }
    for (name, _) in request.headers where DigestAlgorithm(headerName: name) != nil { return }
    throw .invalidRequest(
      "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters")
  }
}

extension AWSError {
  static func lockMissing() -> AWSError { .invalidRequest("Bucket is missing Object Lock Configuration") }

  /// AWS's words for every change that a lock forbids.
  static func objectLocked() -> AWSError { .accessDenied("Access Denied because object protected by object lock.") }

  static func noObjectLock() -> AWSError {
    AWSError(
      "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration", status: 404)
  }

  /// An object's own list, in a bucket whose objects have none.
  static func aclWithOwnership() -> AWSError {
    AWSError(
      "InvalidBucketAclWithObjectOwnership",
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting", status: 400)
  }
}
