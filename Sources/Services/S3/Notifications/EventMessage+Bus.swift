import Cloud
import Wire

/// The same events as the event bus gets them.
/// AWS: S3 user guide, "EventBridge event message structure".
extension EventMessage {
  /// The type of the event on the bus; nothing for what the bus isn't told.
  var detailType: String? {
    switch event {
    case .createdPut, .createdPost, .createdCopy, .createdMultipart: "Object Created"
    case .removed, .markerCreated, .expired, .markerCreatedByLifecycle: "Object Deleted"
    case .restoreBegun: "Object Restore Initiated"
    case .restored: "Object Restore Completed"
    case .restoreEnded: "Object Restore Expired"
    case .transitioned: "Object Storage Class Changed"
    case .tagged: "Object Tags Added"
    case .untagged: "Object Tags Deleted"
    case .aclChanged: "Object ACL Updated"
    case .replicationFailed: nil
    }
  }

  /// The event's detail.
  var detail: JSONValue {
    var object: [JSONValue.Member] = [.init("key", .string(key))]
    if let size { object.append(.init("size", .integer(size))) }
    if let etag { object.append(.init("etag", .string(etag))) }
    if let versionID { object.append(.init("version-id", .string(versionID))) }
    if hasBusSequencer { object.append(.init("sequencer", .string(sequencer))) }
    var detail: [JSONValue.Member] = [
      .init("version", .string("0")),
      .init("bucket", .object([.init("name", .string(bucket))])),
      .init("object", .object(object)),
      .init("request-id", .string(actor.requestID)),
      .init("requester", .string(actor.requester)),
    ]
    if let sourceIP = actor.sourceIP, sourceIP != "s3.amazonaws.com" {
      detail.append(.init("source-ip-address", .string(sourceIP)))
    }
    if let reason { detail.append(.init("reason", .string(reason))) }
    switch event {
    case .removed, .expired: detail.append(.init("deletion-type", .string("Permanently Deleted")))
    case .markerCreated, .markerCreatedByLifecycle:
      detail.append(.init("deletion-type", .string("Delete Marker Created")))
    case .transitioned:
      detail.append(.init("destination-storage-class", .string(storageClass ?? "STANDARD")))
    case .restoreBegun, .restored:
      if let restoredUntil {
        detail.append(.init("restore-expiry-time", .string(restoredUntil.iso8601WithMilliseconds)))
      }
      detail.append(.init("source-storage-class", .string(storageClass ?? "STANDARD")))
    default: break
    }
    return .object(detail)
  }

  private var hasBusSequencer: Bool {
    switch event {
    case .restoreBegun, .restored, .restoreEnded, .transitioned: false
    default: event.hasSequencer
    }
  }

  /// The entry that is put on the bus.
  func entry(bus: String) -> JSONValue? {
    guard let detailType else { return nil }
    return .object([
      .init("Source", .string("aws.s3")), .init("DetailType", .string(detailType)),
      .init("Detail", .string(detail.text)), .init("Time", .integer(time.seconds)),
      .init("Resources", .array([.string("arn:aws:s3:::\(bucket)")])), .init("EventBusName", .string(bus)),
    ])
  }
}
