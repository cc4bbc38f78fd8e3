import Wire

/// Many patterns, made ready to be asked which of them an event matches.
///
/// Only the fields that some pattern asks for are taken out of an event, once for all patterns. A branch with a field that is
/// named exactly is found by that field's value, so that the time does not grow with rules that have nothing to do with the event.
struct PatternMachine: Sendable {
  private struct Branch: Sendable {
    var pattern: Int
    var fields: [(field: Int, tests: [ValueTest])]
  }

  private let tree: FieldTree
  private let branches: [Branch]
  /// Branches by the value of the field that tells most about them.
  private let byValue: [(field: Int, branches: [String: [Int]])]
  /// Branches that name no field exactly.
  private let others: [Int]

  init(_ patterns: [EventPattern]) {
    var tree = FieldTree()
    var branches: [Branch] = []
    for (index, pattern) in patterns.enumerated() {
      for branch in pattern.branches {
        var fields: [(field: Int, tests: [ValueTest])] = branch.map { (tree.field($0.path), $0.tests) }
        // Absences are asked last, when it is settled which elements of arrays are meant.
        let isAbsence: ((field: Int, tests: [ValueTest])) -> Bool = { $0.tests.contains(.exists(false)) }
        fields = fields.filter { !isAbsence($0) } + fields.filter(isAbsence)
        branches.append(Branch(pattern: index, fields: fields))
      }
    }
    self.tree = tree
    self.branches = branches
    let index = PatternMachine.index(branches)
    byValue = index.byValue
    others = index.others
  }

  /// Chooses for each branch the exactly named field whose values the fewest branches share.
  private static func index(
    _ branches: [Branch]
  ) -> (byValue: [(field: Int, branches: [String: [Int]])], others: [Int]) {
    var uses: [Int: [String: Int]] = [:]
    for branch in branches {
      for (field, tests) in branch.fields {
        for value in exactValues(tests) ?? [] { uses[field, default: [:]][value, default: 0] += 1 }
      }
    }
    var index: [Int: [String: [Int]]] = [:]
    var others: [Int] = []
    for (number, branch) in branches.enumerated() {
      var best: (cost: Int, field: Int, values: [String])?
      for (field, tests) in branch.fields {
        guard let values = exactValues(tests) else { continue }
        let cost = values.reduce(0) { $0 + (uses[field]?[$1] ?? 0) }
        if best.map({ cost < $0.cost }) ?? true { best = (cost, field, values) }
      }
      guard let best else {
        others.append(number)
        continue
      }
      for value in best.values { index[best.field, default: [:]][value, default: []].append(number) }
    }
    return (index.map { ($0.key, $0.value) }, others)
  }

  private static func exactValues(_ tests: [ValueTest]) -> [String]? {
    var values: [String] = []
    for test in tests {
      guard case .exact(let text) = test else { return nil }
      if !values.contains(text) { values.append(text) }
    }
    return values
  }

  /// The places, in the list that the machine was made of, of the patterns that an event matches, in ascending order.
  func matches(_ event: JSONValue) -> [Int] {
    if branches.isEmpty { return [] }
    let found = tree.fields(of: event)
    var matched: Set<Int> = []
    func look(_ candidates: [Int]) {
      for candidate in candidates where !matched.contains(branches[candidate].pattern) {
        let branch = branches[candidate]
        if PatternMachine.passes(branch.fields[...], found, []) { matched.insert(branch.pattern) }
      }
    }
    for (field, values) in byValue {
      for leaf in found[field] {
        guard case .string(let text) = leaf.value, let candidates = values[text] else { continue }
        look(candidates)
      }
    }
    look(others)
    return matched.sorted()
  }

  /// Whether there are values that pass all fields and, where they stand in arrays, stand in the same elements.
  private static func passes(
    _ fields: ArraySlice<(field: Int, tests: [ValueTest])>, _ found: [[FieldTree.Leaf]], _ elements: [FieldTree.Element]
  ) -> Bool {
    guard let (field, tests) = fields.first else { return true }
    let rest = fields.dropFirst()
    var isPresent = false
    for leaf in found[field] {
      guard let joined = FieldTree.joined(elements, leaf.elements) else { continue }
      isPresent = true
      guard tests.contains(where: { $0.passes(leaf.value) }) else { continue }
      if passes(rest, found, joined) { return true }
      // Without arrays every other value would lead to the same.
      if leaf.elements.isEmpty { break }
    }
    return !isPresent && tests.contains(.exists(false)) && passes(rest, found, elements)
  }
}

/// The fields that patterns ask for, as a tree of names.
struct FieldTree: Sendable {
  /// An element of one of the event's arrays.
  struct Element: Sendable, Equatable {
    var array: Int
    var index: Int
  }

  /// A value and the elements that it stands in.
  struct Leaf: Sendable {
    var value: JSONValue
    var elements: [Element]
  }

  private struct Node: Sendable {
    var children: [String: Int] = [:]
    var field: Int?
  }

  private var nodes = [Node()]
  private(set) var fieldCount = 0

  /// The number of the field with a dotted path, given when first asked for.
  mutating func field(_ path: String) -> Int {
    var node = 0
    for name in path.split(separator: ".", omittingEmptySubsequences: false) {
      let name = String(name)
      if let child = nodes[node].children[name] {
        node = child
      } else {
        nodes.append(Node())
        nodes[node].children[name] = nodes.count - 1
        node = nodes.count - 1
      }
    }
    if let field = nodes[node].field { return field }
    nodes[node].field = fieldCount
    fieldCount += 1
    return fieldCount - 1
  }

  /// The values of the fields in an event, by the fields' numbers.
  func fields(of event: JSONValue) -> [[Leaf]] {
    var result = [[Leaf]](repeating: [], count: fieldCount)
    var arrays = 0
    collect(event, 0, [], &result, &arrays)
    return result
  }

  private func collect(
    _ value: JSONValue, _ node: Int, _ elements: [Element], _ result: inout [[Leaf]], _ arrays: inout Int
  ) {
    switch value {
    case .object(let members):
      for member in members {
        guard let child = child(of: node, member.name) else { continue }
        collect(member.value, child, elements, &result, &arrays)
      }
    case .array(let values):
      let array = arrays
      arrays += 1
      for (index, item) in values.enumerated() {
        collect(item, node, elements + [Element(array: array, index: index)], &result, &arrays)
      }
    default:
      if let field = nodes[node].field { result[field].append(Leaf(value: value, elements: elements)) }
    }
  }

  private func child(of node: Int, _ name: String) -> Int? {
    if let child = nodes[node].children[name] { return child }
    guard name.utf8.contains(UInt8(ascii: ".")) else { return nil }
    var node = node
    for part in name.split(separator: ".", omittingEmptySubsequences: false) {
      guard let child = nodes[node].children[String(part)] else { return nil }
      node = child
    }
    return node
  }

  /// Both sets of elements together; nothing if they name different elements of one array.
  static func joined(_ left: [Element], _ right: [Element]) -> [Element]? {
    if right.isEmpty { return left }
    if left.isEmpty { return right }
    var result = left
    for element in right {
      if let same = left.first(where: { $0.array == element.array }) {
        if same.index != element.index { return nil }
      } else {
        result.append(element)
      }
    }
    return result
  }
}
