import Cloud
import Foundation
import Wire

/// Sends what metric filters have found to CloudWatch.
enum MetricDelivery {
  /// The name of the work.
  static let work = "metrics"

  /// Asks for what a batch's events mean to a group's metric filters to be sent after the commit.
  static func request(
    _ events: ArraySlice<InputLogEvent>, of group: LogGroupRecord, at location: GroupLocation,
    _ transaction: Transaction
  ) throws(AWSError) {
    var data: [String: [JSONValue]] = [:]
    for filter in try MetricFilters.filters(of: group, location.scope, transaction) {
      guard var feed = MetricFeed(filter) else { continue }
      for event in events { feed.take(event.message, time: Int64(event.timestamp)) }
      data[feed.namespace, default: []] += feed.data
    }
    for (namespace, all) in data.sorted(by: { $0.key < $1.key }) where !all.isEmpty {
      // AWS: PutMetricData: at most 1000 metrics in a request.
      for start in stride(from: 0, to: all.count, by: 1000) {
        let input = JSONValue.object([
          .init("Namespace", .string(namespace)),
          .init("MetricData", .array(Array(all[start..<min(start + 1000, all.count)]))),
        ])
        try transaction.request(
          WorkRequest(
            service: LogsService.name, name: work, in: location.scope, lane: "metrics/\(group.id)",
            content: Data(input.text.utf8)))
      }
    }
  }

  static func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    guard let input = JSONValue(parsing: [UInt8](work.request.content)), let region = work.request.scope.region,
      let account = work.request.scope.account
    else { return .done }
    do throws(AWSError) {
      _ = try await context.calls.call(
        "PutMetricData", of: "cloudwatch", input, as: .service("logs.amazonaws.com"), in: region,
        facts: .service("logs.amazonaws.com", sourceAccount: account))
    } catch {
      // Data that CloudWatch refuses (too old, say) are lost, as in AWS; what is its fault is tried again.
      if error.fault == .receiver, error.code != "NotImplemented" { throw error }
      context.logger.debug("CloudWatch refused data of a metric filter: \(error)")
    }
    return .done
  }
}
