import Cloud
import Wire

/// Events on their way to EventBridge: each in the account and Region where it happened.
struct Bridge: Sendable {
  private var entries: [Lane: [JSONValue]] = [:]

  var isEmpty: Bool { entries.isEmpty }

  /// AWS: EventBridge user guide, "AWS service events delivered via AWS CloudTrail": events of data and management; those that
  /// only read go to rules that ask for them, which is EventBridge's to know.
  mutating func append(_ call: RecordedCall, for account: AccountID) {
    let entry = JSONValue.object([
      .init("Time", .integer(call.entry.time.seconds)),
      .init("Source", .string("aws.\(Bridge.source(call.entry.service))")),
      .init("Resources", .array([])),
      .init("DetailType", .string("AWS API Call via CloudTrail")),
      .init("Detail", .string(call.text(for: account))),
    ])
    entries[Lane(account: account, region: call.entry.region), default: []].append(entry)
  }

  /// `aws.cloudwatch` is the one source whose name is not the endpoint's.
  private static func source(_ service: String) -> String { service == "monitoring" ? "cloudwatch" : service }

  /// AWS: EventBridge API, PutEvents: ten at a time, 256 KB in all.
  private static let portion = 10

  /// Sends what is there; what EventBridge refuses is lost, as it is when it isn't built.
  mutating func send(_ house: TrailHouse, _ calls: any OperationCalls) async {
    defer { entries = [:] }
    for (lane, all) in entries {
      guard let region = Region(lane.region) else { continue }
      for start in stride(from: 0, to: all.count, by: Bridge.portion) {
        let part = Array(all[start..<min(start + Bridge.portion, all.count)])
        let facts = RequestFacts.service(CloudTrailService.principal, sourceAccount: lane.account)
        do throws(AWSError) {
          _ = try await calls.call(
            "PutEvents", of: "events", .object([.init("Entries", .array(part))]),
            as: .service(CloudTrailService.principal), in: region, facts: facts)
        } catch {
          house.logger.debug("EventBridge of \(lane.account) took no events: \(error)")
        }
      }
    }
  }
}
