import Cloud
import Wire

/// Something that happened to an object, ready to be told in either of two forms.
struct EventMessage: Sendable {
  var event: ObjectEvent
  var time: Timestamp
  var actor: EventActor
  var bucket: String
  var region: Region
  var owner: AccountID
  var key: String
  var size: Int64?
  var etag: String?
  /// Nothing in a bucket that never had versions.
  var versionID: String?
  var sequencer: String
  /// Until when a restored object can be read, and from where it was restored.
  var restoredUntil: Timestamp?
  var storageClass: String?
  /// What went wrong with a copy to another bucket.
  struct Replication: Sendable {
    var rule: String
    var target: String
    var reason: String
    var operation: String
  }

  var replication: Replication?
  /// The operation behind it, as the event bus names it.
  var reason: String?

  init(
    _ event: ObjectEvent, _ object: ObjectRecord, in bucket: BucketRecord, by actor: EventActor, reason: String? = nil,
    order: Int64, at time: Timestamp
  ) {
    self.event = event
    self.time = time
    self.actor = actor
    self.bucket = bucket.name
    region = bucket.region
    owner = bucket.owner
    key = object.name
    if !event.isRemoval {
      etag = object.isDeleteMarker ? "d41d8cd98f00b204e9800998ecf8427e" : object.etag
      if !object.isDeleteMarker, event.hasSequencer { size = object.size }
    }
    versionID = bucket.versioning == nil ? nil : object.shownVersionID
    sequencer = EventMessage.sequencer(order)
    storageClass = object.storageClass
    self.reason = reason
  }

  /// A number in hexadecimal that grows with every event of a key.
  static func sequencer(_ order: Int64) -> String {
    let digits = String(UInt64(bitPattern: order), radix: 16, uppercase: true)
    return "00" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: To queues and topics

  /// The message as queues and topics get it.
  /// AWS: S3 user guide, "Event message structure".
  func record(configurationID: String) -> JSONValue {
    var object: [JSONValue.Member] = [.init("key", .string(EventMessage.encoded(key)))]
    if let size { object.append(.init("size", .integer(size))) }
    if let etag { object.append(.init("eTag", .string(etag))) }
    if let versionID { object.append(.init("versionId", .string(versionID))) }
    if event.hasSequencer { object.append(.init("sequencer", .string(sequencer))) }
    var record: [JSONValue.Member] = [
      .init("eventVersion", .string(event.version)),
      .init("eventSource", .string("aws:s3")),
      .init("awsRegion", .string(region.rawValue)),
      .init("eventTime", .string(time.iso8601WithMilliseconds)),
      .init("eventName", .string(event.rawValue)),
      .init("userIdentity", .object([.init("principalId", .string(actor.principalID))])),
      .init(
        "requestParameters", .object([.init("sourceIPAddress", .string(actor.sourceIP ?? "s3.amazonaws.com"))])),
      .init(
        "responseElements",
        .object([
          .init("x-amz-request-id", .string(actor.requestID)),
          .init("x-amz-id-2", .string(Codec.hostID(actor.requestID))),
        ])),
      .init(
        "s3",
        .object([
          .init("s3SchemaVersion", .string("1.0")),
          .init("configurationId", .string(configurationID)),
          .init(
            "bucket",
            .object([
              .init("name", .string(bucket)),
              .init(
                "ownerIdentity", .object([.init("principalId", .string(CanonicalUser.principalID(of: owner)))])),
              .init("arn", .string("arn:aws:s3:::\(bucket)")),
            ])),
          .init("object", .object(object)),
        ])),
    ]
    if let replication {
      let data: [JSONValue.Member] = [
        .init("replicationRuleId", .string(replication.rule)), .init("destinationBucket", .string(replication.target)),
        .init("s3Operation", .string(replication.operation)),
        .init("requestTime", .string(time.iso8601WithMilliseconds)),
        .init("failureReason", .string(replication.reason)),
      ]
      record.append(.init("replicationEventData", .object(data)))
    }
    if let restoredUntil {
      let restore: [JSONValue.Member] = [
        .init("lifecycleRestorationExpiryTime", .string(restoredUntil.iso8601WithMilliseconds)),
        .init("lifecycleRestoreStorageClass", .string(storageClass ?? "STANDARD")),
      ]
      record.append(.init("glacierEventData", .object([.init("restoreEventData", .object(restore))])))
    }
    return .object([.init("Records", .array([.object(record)]))])
  }

  /// A key as messages have it: a form's encoding, with slashes as they are.
  static func encoded(_ key: String) -> String {
    Percent.encode(key, keeping: "/ *").replacing(" ", with: "+")
  }

  /// What a destination gets when it is set up.
  static func test(_ bucket: BucketRecord, requestID: String, at time: Timestamp) -> JSONValue {
    .object([
      .init("Service", .string("Amazon S3")), .init("Event", .string("s3:TestEvent")),
      .init("Time", .string(time.iso8601WithMilliseconds)), .init("Bucket", .string(bucket.name)),
      .init("RequestId", .string(requestID)), .init("HostId", .string(Codec.hostID(requestID))),
    ])
  }
}
