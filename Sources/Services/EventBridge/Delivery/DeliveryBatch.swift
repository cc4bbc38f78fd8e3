import Cloud
import Foundation
import Wire

/// What one work has to deliver: events, and which targets of which rules get them.
struct DeliveryBatch: Sendable {
  struct Delivery: Sendable {
    var rule: String
    var target: String
    /// Indexes of events.
    var events: [Int]
  }

  static let workName = "deliver"

  var bus: Bus
  /// Of which revision the rules were when they matched.
  var revision: UInt64
  var events: [Event] = []
  var deliveries: [Delivery] = []

  init(_ bus: Bus, revision: UInt64) {
    self.bus = bus
    self.revision = revision
  }

  /// The request for the work.
  var request: WorkRequest {
    WorkRequest(service: EventBridgeService.name, name: DeliveryBatch.workName, in: bus.scope, content: encoded)
  }

  /// Written by hand, for it is on the path of every event.
  var encoded: Data {
    var writer = RecordWriter(capacity: 128 + events.count * 512)
    writer.byte(1)
    writer.string(bus.name)
    writer.integer(Int64(bitPattern: revision))
    writer.short(Int32(events.count))
    for event in events {
      writer.string(event.json.text)
      writer.integer(event.ingested.milliseconds)
      writer.optional(event.traceHeader)
      writer.bool(event.isForwarded)
    }
    writer.short(Int32(deliveries.count))
    for delivery in deliveries {
      writer.string(delivery.rule)
      writer.string(delivery.target)
      writer.short(Int32(delivery.events.count))
      for index in delivery.events { writer.short(Int32(index)) }
    }
    return writer.data
  }

  init(encoded: Data, scope: Scope) throws(AWSError) {
    guard let account = scope.account, let region = scope.region else {
      throw .internalFailure("A delivery belongs to an account and a Region.")
    }
    do {
      var reader = RecordReader(encoded)
      guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
      bus = Bus(try reader.string(), account, region)
      revision = UInt64(bitPattern: try reader.integer())
      for _ in 0..<(try reader.short()) {
        let text = try reader.string()
        let ingested = Timestamp(milliseconds: try reader.integer())
        guard let json = JSONValue(json: Array(text.utf8)), var event = Event(json: json, ingested: ingested) else {
          throw RecordReader.Damaged()
        }
        event.traceHeader = try reader.optional()
        event.isForwarded = try reader.bool()
        events.append(event)
      }
      for _ in 0..<(try reader.short()) {
        let rule = try reader.string()
        let target = try reader.string()
        var indexes: [Int] = []
        for _ in 0..<(try reader.short()) { indexes.append(Int(try reader.short())) }
        deliveries.append(Delivery(rule: rule, target: target, events: indexes))
      }
    } catch {
      throw .internalFailure("A stored delivery cannot be read.")
    }
  }
}
