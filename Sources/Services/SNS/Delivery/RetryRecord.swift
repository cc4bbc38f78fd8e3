import Cloud
import Foundation
import Wire

/// A delivery that is tried again when its time comes.
struct RetryRecord: Record {
  static let kind = "sns.retry"

  var id: Int64
  /// A ``DeliveryItem``.
  var content: Data

  var key: Key { Key(.integer(id)) }

  /// Writes a retry down, and sets its timer.
  static func schedule(
    _ item: DeliveryItem, after delay: Int64, in scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    let record = RetryRecord(id: transaction.nextOrder(), content: item.content)
    try transaction.insert(record, in: scope)
    try transaction.schedule(
      TimerRequest(
        service: SNSService.name, name: Key(.string("retry"), .integer(record.id)), in: scope,
        due: transaction.now.adding(milliseconds: delay)))
  }

  /// Requests the delivery whose time has come.
  static func run(_ id: Int64, _ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    guard let record = try transaction.get(RetryRecord.self, Key(.integer(id)), in: request.scope) else { return }
    try transaction.delete(record, in: request.scope)
    guard let item = DeliveryItem(content: record.content) else { return }
    try SingleDelivery.request(item, request.scope, transaction)
  }
}
