import Cloud
import Wire

/// Brings events to a bus: asks its rules, fills its archives, and requests one work for all that is to be delivered.
struct Publisher: Sendable {
  let indexes: RuleIndexes

  /// - Parameter rules: the names of the only rules that count, for a replay that names some.
  func publish(
    _ events: [Event], on bus: Bus, onlyFor rules: Set<String>? = nil, _ transaction: Transaction
  ) throws(AWSError) {
    guard let index = try indexes.index(of: bus, transaction) else { return }
    var batch = DeliveryBatch(bus, revision: index.revision)
    var places: [String: Int] = [:]
    for event in events {
      let envelope = event.json
      var isTaken = false
      for entry in index.rules(for: event, envelope) {
        if let rules, !rules.contains(entry.rule.name) { continue }
        for target in entry.targets {
          if let archive = ArchiveRecord.name(ofTarget: target) {
            try Archiving.keep(event, envelope, in: archive, bus.scope, transaction)
            continue
          }
          if !isTaken { batch.events.append(event) }
          isTaken = true
          let place = "\(entry.rule.name) \(target.record.id)"
          if let known = places[place] {
            batch.deliveries[known].events.append(batch.events.count - 1)
          } else {
            places[place] = batch.deliveries.count
            batch.deliveries.append(
              DeliveryBatch.Delivery(
                rule: entry.rule.name, target: target.record.id, events: [batch.events.count - 1]))
          }
        }
      }
    }
    if !batch.deliveries.isEmpty { try transaction.request(batch.request) }
  }

  /// Brings an event to the targets of one rule, as its schedule does.
  func run(
    _ rule: RuleRecord, with event: Event, on bus: Bus, _ transaction: Transaction
  ) throws(AWSError) {
    guard !rule.targets.isEmpty, let index = try indexes.index(of: bus, transaction) else { return }
    var batch = DeliveryBatch(bus, revision: index.revision)
    batch.events = [event]
    batch.deliveries = rule.targets.map { DeliveryBatch.Delivery(rule: rule.name, target: $0.id, events: [0]) }
    try transaction.request(batch.request)
  }
}
