import Wire

/// A subscription's filter policy, compiled: which messages it wants. Pure.
///
/// AWS: SNS developer guide, "Amazon SNS subscription filter policies". Names of nested properties are joined by dots, as AWS
/// does (a key `a.b` and a property `b` in `a` are one and the same to it).
struct FilterPolicy: Sendable {
  /// What a policy looks at.
  enum Scope: String, Sendable, Codable {
    case attributes = "MessageAttributes"
    case body = "MessageBody"
  }

  /// A key, and the conditions of which one must hold.
  struct Clause: Sendable {
    var path: String
    var patterns: [FilterPattern]
  }

  let scope: Scope
  /// Of these one must hold with all its clauses.
  let alternatives: [[Clause]]
  /// The names that are looked at, and those on the way to them.
  private let paths: Set<String>
  private let prefixes: Set<String>

  /// Compiles a policy's text.
  /// - Throws: ``FilterPolicyError`` in AWS's words.
  init(_ text: String, _ scope: Scope) throws(FilterPolicyError) {
    self.scope = scope
    alternatives = try FilterPolicyReader.read(text, scope)
    paths = Set(alternatives.joined().map(\.path))
    var prefixes: Set<String> = []
    for path in paths {
      var prefix = path[...]
      while let dot = prefix.lastIndex(of: ".") {
        prefix = prefix[..<dot]
        prefixes.insert(String(prefix))
      }
    }
    self.prefixes = prefixes
  }

  /// Whether a message with these attributes is wanted.
  func accepts(_ attributes: [MessageAttribute]) -> Bool {
    var values: [String: [FilterValue]] = [:]
    for attribute in attributes where paths.contains(attribute.name) {
      values[attribute.name] = attribute.filterValues
    }
    return accepts(values)
  }

  /// Whether a message with this body is wanted; one that is no JSON object never is.
  func accepts(_ body: JSONValue?) -> Bool {
    guard let body, case .object = body else { return false }
    var values: [String: [FilterValue]] = [:]
    collect(body, "", &values)
    return accepts(values)
  }

  private func accepts(_ values: [String: [FilterValue]]) -> Bool {
    alternatives.contains { clauses in
      clauses.allSatisfy { clause in
        let found = values[clause.path] ?? []
        return clause.patterns.contains { $0.accepts(found) }
      }
    }
  }

  private func collect(_ value: JSONValue, _ path: String, _ values: inout [String: [FilterValue]]) {
    switch value {
    case .object(let members):
      guard path.isEmpty || prefixes.contains(path) else { return }
      for member in members { collect(member.value, path.isEmpty ? member.name : "\(path).\(member.name)", &values) }
    case .array(let elements):
      // unverified: each key may be satisfied by another element of an array of objects.
      for element in elements { collect(element, path, &values) }
    default:
      guard paths.contains(path), let leaf = FilterValue(value) else { return }
      values[path, default: []].append(leaf)
    }
  }
}

extension FilterValue {
  /// A leaf of a body; nothing for objects and arrays.
  init?(_ json: JSONValue) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .number(Double(value))
    case .double(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .array, .object: return nil
    }
  }
}

extension MessageAttribute {
  /// What filter policies see of the attribute; nothing of binary ones.
  /// AWS: SNS developer guide, "Filter policy constraints": String, String.Array and Number are compared.
  var filterValues: [FilterValue] {
    guard case .string(let text) = value else { return [] }
    if type == "String.Array" {
      guard case .array(let elements)? = JSONValue(parsing: Array(text.utf8)) else { return [] }
      return elements.compactMap { FilterValue($0) }
    }
    if type == "Number" || type.hasPrefix("Number.") { return Double(text).map { [.number($0)] } ?? [] }
    return [.string(text)]
  }
}
