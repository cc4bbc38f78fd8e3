import Cloud
import Foundation
import Wire

/// ListMetrics.
enum Listing {
  private static let pageSize = 500
  /// AWS: ListMetrics: metrics without data in the past two weeks are left out.
  private static let lifetime: Int64 = 14 * 86_400_000

  static func list(
    _ input: ListMetricsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListMetricsOutput {
    if input.includeLinkedAccounts == true { throw .notImplemented("ListMetrics of linked accounts", of: "cloudwatch") }
    let scope = Scope(try context.account, context.region)
    let now = transaction.now.milliseconds
    let since = now - (input.recentlyActive == nil ? lifetime : 3 * 3_600_000) - 3_600_000
    let range = input.namespace.map { KeyRange.prefix(.string($0)) } ?? .all
    let all = try transaction.scan(MetricRecord.self, in: scope, range).filter { record in
      record.lastData >= since && (input.metricName ?? record.identity.name) == record.identity.name
        && (input.dimensions ?? []).allSatisfy { filter in
          record.identity.dimensions.contains { $0.name == filter.name && (filter.value ?? $0.value) == $0.value }
        }
    }
    var start = 0
    if let token = input.nextToken {
      guard let read = PageToken.number(token) else { throw .invalidValue("Request parameter NextToken is invalid") }
      start = min(read, all.count)
    }
    let page = all[start...].prefix(pageSize)
    return ListMetricsOutput(
      metrics: page.map {
        Metric(
          namespace: $0.identity.namespace, metricName: $0.identity.name, dimensions: $0.identity.shownDimensions)
      }, nextToken: page.endIndex < all.count ? PageToken.text(page.endIndex) : nil)
  }
}

/// The token of a list: how much of it was shown.
enum PageToken {
  static func text(_ number: Int) -> String { Data(String(number).utf8).base64EncodedString() }

  static func number(_ token: String) -> Int? {
    guard let data = Data(base64Encoded: token), let text = String(data: data, encoding: .utf8),
      let number = Int(text), number >= 0
    else { return nil }
    return number
  }
}
