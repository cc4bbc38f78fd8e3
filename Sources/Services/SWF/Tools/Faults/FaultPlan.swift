/// The rules of faults with their counters: the same plan on the same calls gives the same faults.
struct FaultPlan: Sendable, Equatable {
  /// A rule and what has come of it.
  struct Entry: Sendable, Equatable {
    var rule: FaultRule
    /// How many tasks or calls it was about.
    var matches = 0
    /// How many of them failed by it.
    var hits = 0
    fileprivate var generator: SplitMix

    fileprivate init(_ rule: FaultRule, seed: UInt64, index: Int) {
      self.rule = rule
      // Each rule has a sequence of its own, so that one more rule changes nothing in the others.
      generator = SplitMix(state: seed &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03)
    }
  }

  let seed: UInt64
  private(set) var entries: [Entry]

  /// A plan at its beginning.
  init(seed: UInt64, rules: [FaultRule]) {
    self.seed = seed
    entries = rules.enumerated().map { Entry($0.element, seed: seed, index: $0.offset) }
  }

  /// One more rule; the counters of the others go on.
  mutating func add(_ rule: FaultRule) { entries.append(Entry(rule, seed: seed, index: entries.count)) }

  /// The rules that strike this task or call, at most one of each kind, and counts it.
  mutating func strike(_ subject: FaultRule.Subject, kinds: Set<FaultRule.Kind>) -> [FaultRule] {
    var struck: [FaultRule] = []
    for index in entries.indices {
      let rule = entries[index].rule
      guard kinds.contains(rule.kind), !rule.isRate, rule.isAbout(subject) else { continue }
      entries[index].matches += 1
      var isHit = true
      if let nth = rule.nth { isHit = isHit && entries[index].matches == nth }
      if let every = rule.every { isHit = isHit && entries[index].matches.isMultiple(of: every) }
      if let probability = rule.probability {
        // Drawn each time, so that the sequence depends on the calls alone.
        let isDrawn = entries[index].generator.fraction() < probability
        isHit = isHit && isDrawn
      }
      if let limit = rule.limit { isHit = isHit && entries[index].hits < limit }
      guard isHit, !struck.contains(where: { $0.kind == rule.kind }) else { continue }
      entries[index].hits += 1
      struck.append(rule)
    }
    return struck
  }
}

/// A small repeatable sequence of random numbers (SplitMix64).
struct SplitMix: Sendable, Equatable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, not including, 1.
  mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
