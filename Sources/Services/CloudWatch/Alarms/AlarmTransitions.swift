import Cloud
import Foundation
import Wire

/// An alarm's way from state to state: its history, its actions, and the composite alarms that look at it.
enum AlarmTransitions {
  /// So deep composite alarms may look at composite alarms before nobody follows any more: rules could go round in circles.
  private static let depthLimit = 10

  static func set(
    _ alarm: AlarmRecord, to state: AlarmState, reason: String, data: String?, _ scope: Scope,
    _ transaction: Transaction, depth: Int = 0
  ) throws(AWSError) {
    let now = transaction.now.milliseconds
    var new = alarm
    new.state = state
    new.reason = reason
    new.reasonData = data
    new.stateUpdatedAt = now
    if state != alarm.state { new.stateChangedAt = now }
    try transaction.update(alarm, to: new, in: scope)
    guard state != alarm.state else { return }
    try write(
      new, "StateUpdate", "Alarm updated from \(alarm.state.rawValue) to \(state.rawValue)",
      .object([
        .init("version", .string("1.0")),
        .init(
          "oldState",
          .object([
            .init("stateValue", .string(alarm.state.rawValue)), .init("stateReason", .string(alarm.reason)),
          ])),
        .init(
          "newState",
          .object([
            .init("stateValue", .string(state.rawValue)), .init("stateReason", .string(reason)),
            .init("stateReasonData", data.flatMap { JSONValue(parsing: $0) } ?? .null),
          ])),
      ]), scope, transaction)
    try AlarmEvents.announce(new, from: alarm, scope, transaction)
    if new.hasActions {
      for action in new.actions(in: state) {
        try AlarmActions.request(action, of: new, from: alarm.state, scope, transaction)
      }
    }
    guard depth < depthLimit else { return }
    for other in try transaction.scan(AlarmRecord.self, in: scope) where other.rule != nil {
      guard let rule = other.rule.flatMap({ CompositeRule($0) }), rule.alarms.contains(alarm.name) else { continue }
      try evaluateComposite(other, scope, transaction, depth: depth + 1)
    }
  }

  static func evaluateComposite(
    _ alarm: AlarmRecord, _ scope: Scope, _ transaction: Transaction, depth: Int = 0
  ) throws(AWSError) {
    guard let text = alarm.rule, let rule = CompositeRule(text) else { return }
    var states: [String: AlarmState] = [:]
    for name in rule.alarms {
      states[name] = try transaction.get(AlarmRecord.self, Key(name), in: scope)?.state
    }
    let state: AlarmState = rule.holds { states[$0] } ? .alarm : .ok
    guard state != alarm.state else { return }
    let shown = states.sorted { $0.key < $1.key }.map { "\(Alarms.arn($0.key, scope)) is \($0.value.rawValue)" }
    // unverified: AWS's words, which name the child that triggered it
    let reason = "The alarm rule \(state == .alarm ? "holds" : "does not hold"): \(shown.joined(separator: ", "))."
    try set(alarm, to: state, reason: String(reason.prefix(1023)), data: nil, scope, transaction, depth: depth)
  }

  /// Takes down what happened.
  static func write(
    _ alarm: AlarmRecord, _ item: String, _ summary: String, _ data: JSONValue, _ scope: Scope,
    _ transaction: Transaction
  ) throws(AWSError) {
    let now = transaction.now.milliseconds
    try transaction.insert(
      AlarmHistoryRecord(
        alarm: alarm.name, type: alarm.type, time: now, order: transaction.nextOrder(), item: item,
        summary: String(summary.prefix(255)), data: String(data.text.prefix(4095))), in: scope)
    // A few old ones go with each new one, so that none need be looked for.
    let old = try transaction.scan(
      AlarmHistoryRecord.self, in: scope, KeyRange.all.before(Key(.integer(now - AlarmHistoryRecord.lifetime))),
      limit: 5)
    for record in old { try transaction.delete(record, in: scope) }
  }

  /// `2026-11-29T00:37:02.123+0000`.
  static func date(_ milliseconds: Int64) -> String {
    let parts = Timestamp(milliseconds: milliseconds).components
    func padded(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))T"
      + "\(padded(parts.hour, 2)):\(padded(parts.minute, 2)):\(padded(parts.second, 2)).\(padded(parts.millisecond, 3))+0000"
  }
}
