import Checksums
import Cloud
import Crypto
import Foundation
import Gzip
import Identity
import Wire

/// Puts what a trail delivers where it belongs, as CloudTrail's service principal: whoever owns the destination decides.
struct Destination: Sendable {
  let house: TrailHouse
  let calls: any OperationCalls
  let trail: TrailRecord

  private func facts() -> RequestFacts {
    .service(CloudTrailService.principal, sourceARN: trail.arn, sourceAccount: trail.account)
  }

  private var service: Caller { .service(CloudTrailService.principal) }

  // MARK: The bucket

  /// Writes a log file.
  func put(log bytes: [UInt8], as object: String) async throws(AWSError) {
    var members = common(object)
    if let key = trail.keyARN {
      // AWS: CloudTrail user guide, "Encrypting CloudTrail log files": the context names the trail.
      let context = JSONValue.object([.init("aws:cloudtrail:arn", .string(trail.arn))]).text
      members.append(.init("ServerSideEncryption", .string("aws:kms")))
      members.append(.init("SSEKMSKeyId", .string(key)))
      members.append(.init("SSEKMSEncryptionContext", .string(Base64.encode(Array(context.utf8)))))
    } else {
      members.append(.init("ServerSideEncryption", .string("AES256")))
    }
    try await put(members, try packed(bytes))
  }

  /// Writes a digest file; these are never encrypted by the trail's key.
  func put(digest bytes: [UInt8], as object: String, signature: String) async throws(AWSError) {
    var members = common(object)
    members.append(.init("ServerSideEncryption", .string("AES256")))
    members.append(
      .init(
        "Metadata",
        .object([
          .init("signature", .string(signature)), .init("signature-algorithm", .string(DigestFile.algorithm)),
        ])))
    try await put(members, try packed(bytes))
  }

  private func packed(_ bytes: [UInt8]) throws(AWSError) -> [UInt8] {
    // Level 1: files are many, and their reader is near.
    do { return try Gzip.packed(bytes, level: 1) } catch { throw .internalFailure("A file cannot be packed.") }
  }

  private func common(_ object: String) -> [JSONValue.Member] {
    [
      .init("Bucket", .string(trail.bucket)), .init("Key", .string(object)),
      .init("ContentType", .string("application/json")), .init("ContentEncoding", .string("gzip")),
    ]
  }

  private func put(_ members: [JSONValue.Member], _ body: [UInt8]) async throws(AWSError) {
    // Buckets with Object Lock take no object without a digest.
    let digest = Base64.encode(Array(Insecure.MD5.hash(data: body)))
    let input = JSONValue.object(members + [.init("ContentMD5", .string(digest))])
    var facts = facts()
    // S3's condition keys are those of headers, as a client would have sent them. The access control list is only told: AWS's
    // own policy for CloudTrail asks for it as a condition of s3:PutObject, and gives no s3:PutObjectAcl.
    facts.headers.append(("x-amz-acl", "bucket-owner-full-control"))
    facts.headers.append(("content-md5", digest))
    for (name, header) in Destination.encryptionHeaders {
      if let value = input[name]?.string { facts.headers.append((header, value)) }
    }
    do throws(AWSError) { try await put(input, body, in: trail.region, facts) } catch {
      // The bucket may be in another Region.
      guard case .string(let name)? = error.fields.first(where: { $0.name == "Region" })?.value,
        let region = Region(name), region != trail.region
      else { throw error }
      try await put(input, body, in: region, facts)
    }
  }

  private static let encryptionHeaders = [
    ("ServerSideEncryption", "x-amz-server-side-encryption"),
    ("SSEKMSKeyId", "x-amz-server-side-encryption-aws-kms-key-id"),
    ("SSEKMSEncryptionContext", "x-amz-server-side-encryption-context"),
  ]

  private func put(
    _ input: JSONValue, _ body: [UInt8], in region: Region, _ facts: RequestFacts
  ) async throws(AWSError) {
    _ = try await calls.exchange("PutObject", of: "s3", input, body: body, as: service, in: region, facts: facts)
  }

  // MARK: The topic

  /// Tells the trail's topic of files.
  func notify(_ objects: [String]) async throws(AWSError) {
    guard let topic = trail.topicARN else { return }
    let message = JSONValue.object([
      .init("s3Bucket", .string(trail.bucket)), .init("s3ObjectKey", .array(objects.map { .string($0) })),
    ])
    _ = try await calls.call(
      "Publish", of: "sns",
      .object([.init("TopicArn", .string(topic)), .init("Message", .string(message.text))]), as: service,
      in: ARN(topic).flatMap { Region($0.region) } ?? trail.region, facts: facts())
  }

  // MARK: The log group

  /// AWS: CloudWatch Logs API, PutLogEvents: so many bytes and events at once, 26 bytes more for each.
  private static let logBytes = 1_000_000
  private static let logEvents = 10_000
  /// AWS: CloudTrail user guide, "Sending events to CloudWatch Logs": larger events are not sent.
  private static let largestEvent = 256 << 10

  /// Writes records to the trail's log group, as a session of its role.
  func log(_ records: [(time: Timestamp, text: String)], of lane: Lane, as session: Caller) async throws(AWSError) {
    guard let arn = trail.logGroupARN, let group = LogGroup.name(of: arn) else { return }
    let stream = LogGroup.stream(trail, account: lane.account, region: trail.region.rawValue)
    var part: [JSONValue] = []
    var size = 0
    for record in records.sorted(by: { $0.time < $1.time }) where record.text.utf8.count <= Destination.largestEvent {
      let more = record.text.utf8.count + 26
      if size + more > Destination.logBytes || part.count == Destination.logEvents {
        try await write(part, group, stream, session)
        part = []
        size = 0
      }
      part.append(
        .object([
          .init("timestamp", .integer(record.time.milliseconds)), .init("message", .string(record.text)),
        ]))
      size += more
    }
    if !part.isEmpty { try await write(part, group, stream, session) }
  }

  private func write(
    _ events: [JSONValue], _ group: String, _ stream: String, _ session: Caller
  ) async throws(AWSError) {
    let names: [JSONValue.Member] = [
      .init("logGroupName", .string(group)), .init("logStreamName", .string(stream)),
    ]
    let input = JSONValue.object(names + [.init("logEvents", .array(events))])
    do throws(AWSError) {
      _ = try await calls.call("PutLogEvents", of: "logs", input, as: session, in: trail.region, facts: facts())
    } catch {
      guard error.code == "ResourceNotFoundException" else { throw error }
      do throws(AWSError) {
        _ = try await calls.call(
          "CreateLogStream", of: "logs", .object(names), as: session, in: trail.region, facts: facts())
      } catch  where error.code == "ResourceAlreadyExistsException" {}
      _ = try await calls.call("PutLogEvents", of: "logs", input, as: session, in: trail.region, facts: facts())
    }
  }

  /// Assumes the trail's role for its log group.
  func session() async throws(AWSError) -> Caller {
    guard let arn = trail.roleARN else { throw .internalFailure() }
    let answer = try await calls.call(
      "AssumeRole", of: "sts",
      .object([.init("RoleArn", .string(arn)), .init("RoleSessionName", .string(LogGroup.sessionName))]), as: service,
      in: trail.region, facts: facts())
    let role = try await house.store.transact { transaction throws(AWSError) in
      try RoleRecord.find(arn: arn, transaction)
    }
    guard let role else { throw AWSError("AccessDenied", "The role \(arn) is gone.", status: 403) }
    var session = LogGroup.session(of: role, at: house.clock.now)
    session.accessKeyID = answer["Credentials"]?["AccessKeyId"]?.string
    return session
  }
}
