import Cloud
import Synchronization
import Wire

/// A bus's enabled rules with a pattern, ready to be asked which of them an event concerns, and their targets, ready to be called.
final class RuleIndex: Sendable {
  struct Entry: Sendable {
    let rule: RuleRecord
    let targets: [PreparedTarget]
  }

  let revision: UInt64
  /// All rules by name, also those that only a schedule runs.
  let byName: [String: Entry]
  private let matched: [Entry]
  private let machine: PatternMachine

  init(_ rules: [RuleRecord], revision: UInt64, patterns: PatternTexts) {
    self.revision = revision
    var byName: [String: Entry] = [:]
    var matched: [Entry] = []
    var compiled: [EventPattern] = []
    for rule in rules {
      let entry = Entry(rule: rule, targets: rule.targets.map { PreparedTarget($0) })
      byName[rule.name] = entry
      if rule.isEnabled, let text = rule.pattern, let pattern = patterns.pattern(text) {
        matched.append(entry)
        compiled.append(pattern)
      }
    }
    self.byName = byName
    self.matched = matched
    machine = PatternMachine(compiled)
  }

  /// The rules that an event concerns.
  func rules(for event: Event, _ envelope: JSONValue) -> [Entry] {
    let isReading = event.isReadingCall
    return machine.matches(envelope).map { matched[$0] }
      .filter { !isReading || $0.rule.state == .enabledWithAllManagementEvents }
  }
}

/// A target of which everything that its calls need is read.
struct PreparedTarget: Sendable {
  let record: TargetRecord
  let target: Target
  let path: JSONPath?
  let template: InputTemplate?

  init(_ record: TargetRecord) {
    self.record = record
    target = record.target
    path = target.inputPath.flatMap { $0.isEmpty ? nil : JSONPath($0) }
    template = target.inputTransformer.map { InputTemplate($0.inputTemplate, paths: $0.inputPathsMap ?? [:]) }
  }

  /// The text that the target gets for an event.
  func input(_ facts: InputTemplate.Facts, _ envelope: JSONValue, _ text: String) -> String {
    if let constant = target.input { return constant }
    // unverified: what a path gives that leads nowhere.
    if let path { return path.value(in: envelope)?.text ?? "null" }
    return template?.filled(facts, envelope) ?? text
  }
}

/// What was made of the buses' rules, kept until a rule changes.
///
/// State: a dictionary in a `Mutex` with small critical sections, emptied when it has grown large. An entry is good only for the revision that it was made of, which
/// the caller reads in its transaction, so nobody sees rules that aren't committed.
final class RuleIndexes: Sendable {
  private struct Place: Hashable {
    var scope: Scope
    var bus: String
  }

  private let indexes = Mutex<[Place: RuleIndex]>([:])
  private let patterns = PatternTexts()

  /// The rules of a bus as a transaction sees them; nothing if the bus never had one.
  func index(of bus: Bus, _ transaction: Transaction) throws(AWSError) -> RuleIndex? {
    guard let revision = try transaction.get(RulesRevisionRecord.self, Key(bus.name), in: bus.scope)?.revision else {
      return nil
    }
    if let index = index(of: bus, revision: revision) { return index }
    let index = RuleIndex(try RuleRecord.all(on: bus, transaction), revision: revision, patterns: patterns)
    indexes.withLock { indexes in
      if indexes.count >= 1000 { indexes.removeAll() }
      indexes[Place(scope: bus.scope, bus: bus.name)] = index
    }
    return index
  }

  /// The rules of a bus at a revision, if they are at hand.
  func index(of bus: Bus, revision: UInt64) -> RuleIndex? {
    let index = indexes.withLock { $0[Place(scope: bus.scope, bus: bus.name)] }
    return index?.revision == revision ? index : nil
  }
}

/// Compiled patterns by their text: a change of one rule shouldn't compile those of all others again.
/// State: a dictionary in a `Mutex`, emptied when it has grown large.
final class PatternTexts: Sendable {
  private let compiled = Mutex<[String: EventPattern]>([:])

  func pattern(_ text: String) -> EventPattern? {
    if let pattern = compiled.withLock({ $0[text] }) { return pattern }
    guard let pattern = try? EventPattern(text) else { return nil }
    compiled.withLock { compiled in
      if compiled.count >= 10_000 { compiled.removeAll() }
      compiled[text] = pattern
    }
    return pattern
  }
}
