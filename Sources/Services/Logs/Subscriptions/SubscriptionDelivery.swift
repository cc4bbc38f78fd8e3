import Cloud
import Foundation
import Wire

/// Sends the events of subscriptions to functions, after the commit and in the order of their batches.
enum SubscriptionDelivery {
  /// The name of the work.
  static let work = "subscription"
  /// AWS: user guide, "Subscriptions": delivery is tried again for up to 24 hours.
  private static let patience: Int64 = 86_400_000
  /// So many bytes of messages go into one call: what a function is given asynchronously is at most 256 KB, packed and in base64.
  private static let sizeLimit = 180_000

  /// A call on its way.
  private struct Parcel: Codable {
    var function: String
    var source: String
    var event: String
  }

  static func request(
    _ events: ArraySlice<InputLogEvent>, first number: Int64, of stream: LogStreamRecord, in group: LogGroupRecord,
    at location: GroupLocation, _ transaction: Transaction
  ) throws(AWSError) {
    for filter in try SubscriptionFilterRecord.filters(of: group, location.scope, transaction) {
      guard let pattern = try? FilterPattern(filter.pattern) else { continue }
      var parcel: [(id: String, time: Int64, message: String)] = []
      var size = 0
      func send() throws(AWSError) {
        if parcel.isEmpty { return }
        let payload = SubscriptionPayload(
          kind: .data, owner: location.account.rawValue, group: group.name, stream: stream.name, filters: [filter.name],
          events: parcel)
        guard let event = try? payload.lambdaEvent.text,
          let data = try? JSONEncoder().encode(
            Parcel(function: filter.destination, source: location.arn + ":*", event: event))
        else { throw .internalFailure() }
        try transaction.request(
          WorkRequest(
            service: LogsService.name, name: work, in: location.scope,
            lane: "subscription/\(group.id)/\(filter.name)", content: data))
        parcel = []
        size = 0
      }
      for (offset, event) in events.enumerated() where pattern.matches(event.message) {
        if size + event.message.utf8.count > sizeLimit { try send() }
        let position = EventPosition(time: Int64(event.timestamp), stream: stream.id, number: number + Int64(offset))
        parcel.append((position.digits, position.time, event.message))
        size += event.message.utf8.count
      }
      try send()
    }
  }

  static func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    guard let parcel = try? JSONDecoder().decode(Parcel.self, from: work.request.content),
      let region = work.request.scope.region, let account = work.request.scope.account
    else { return .done }
    do throws(AWSError) {
      _ = try await context.calls.exchange(
        "Invoke", of: "lambda",
        .object([.init("FunctionName", .string(parcel.function)), .init("InvocationType", .string("Event"))]),
        body: Array(parcel.event.utf8), as: .service("logs.amazonaws.com"), in: region,
        facts: .service("logs.amazonaws.com", sourceARN: parcel.source, sourceAccount: account))
    } catch {
      let age = context.clock.now.milliseconds - work.requested.milliseconds
      if error.code == "NotImplemented" || age > patience {
        context.logger.warning("events of a subscription were given up: \(error)")
        return .done
      }
      throw error
    }
    return .done
  }
}
