/// A policy, read and compiled once from its JSON text, and shared by everyone who evaluates it.
///
/// Reading is as lenient as IAM's evaluator, which must live with everything that was ever stored: unknown elements are
/// ignored, and a statement that can't be judged (no effect, a condition that is no object) never matches. Whether a text
/// may be stored in the first place is ``PolicyValidator``'s question.
public final class PolicyDocument: Sendable {
  /// The text as given.
  public let text: String
  /// `Version`, or `2008-10-17` when absent. Only `2012-10-17` has variables.
  public let version: String
  /// `Id`, which resource policies may have.
  public let id: String?
  /// Whether it asks for somebody's place in an organization (`aws:PrincipalOrgPaths`, `aws:ResourceOrgID`, …), so that what
  /// it says may change when an account is moved.
  public let namesOrganizations: Bool
  let statements: [Statement]

  /// Reads and compiles a policy.
  ///
  /// - Throws: ``PolicySyntaxError`` if the text is not JSON, repeats a key, is no object, or has a `Statement` that is
  ///   neither an object nor an array. A document without `Statement` says nothing and is accepted.
  public convenience init(parsing text: some StringProtocol) throws(PolicySyntaxError) {
    let text = String(text)
    try self.init(text: text, root: JSONReader.read(Array(text.utf8)))
  }

  init(text: String, root: JSONNode) throws(PolicySyntaxError) {
    guard root.members != nil else {
      throw PolicySyntaxError(message: "a policy is a JSON object", position: .of(root.start, in: Array(text.utf8)))
    }
    let version = root["Version"]?.string ?? "2008-10-17"
    let nodes: [JSONNode]
    switch root["Statement"]?.value {
    case nil: nodes = []
    case .array(let elements): nodes = elements
    case .object: nodes = root["Statement"].map { [$0] } ?? []
    default:
      throw PolicySyntaxError(
        message: "Statement is an object or an array",
        position: .of(root["Statement"]?.start ?? 0, in: Array(text.utf8)))
    }
    self.text = text
    self.version = version
    id = root["Id"]?.string
    statements = nodes.enumerated().map { index, node in
      Statement(node, index: index, variables: version == "2012-10-17")
    }
    // The text too, for variables that have a default; at worst it is said of a policy that only has the words somewhere.
    namesOrganizations =
      statements.contains { $0.namedKeys.contains { PolicyDocument.isOrganizational($0.name.lowercased()) } }
      || PolicyDocument.isOrganizational(text.lowercased())
  }

  /// The same document with its statements settled.
  init(_ other: PolicyDocument, settled statements: [Statement]) {
    text = other.text
    version = other.version
    id = other.id
    namesOrganizations = other.namesOrganizations
    self.statements = statements
  }

  private static func isOrganizational(_ text: String) -> Bool {
    guard text.utf8.count >= 13 else { return false }
    return ["aws:principalorg", "aws:resourceorg", "aws:sourceorg"].contains { text.contains($0) }
  }

  /// The number of statements.
  public var statementCount: Int { statements.count }

  /// The `Sid` of a statement, if it has one.
  public func sid(ofStatement index: Int) -> String? { statements[index].sid }

  /// The effect of a statement, if it has a valid one.
  public func effect(ofStatement index: Int) -> PolicyEffect? { statements[index].effect }

  /// A statement's own text, as written.
  public func text(ofStatement index: Int) -> String {
    String(decoding: Array(text.utf8)[statements[index].range], as: UTF8.self)
  }

  /// The condition keys and variables that the document names, in order of appearance and without repetition: what
  /// GetContextKeysForCustomPolicy answers.
  public var contextKeys: [String] {
    var seen: Set<String> = []
    var keys: [String] = []
    for statement in statements {
      for key in statement.namedKeys where seen.insert(key.name.lowercased()).inserted { keys.append(key.name) }
    }
    return keys
  }

  /// The principals that the document names in `Principal` and `NotPrincipal`, by type (`AWS`, `Service`, …).
  public var namedPrincipals: [(type: String, value: String)] {
    statements.flatMap { statement -> [(type: String, value: String)] in
      switch statement.principals {
      case .absent: return []
      case .principal(let element), .notPrincipal(let element): return element.entries
      }
    }
  }
}

extension Statement {
  /// Condition values may be booleans and numbers without quotes.
  static func conditionValue(_ node: JSONNode) -> String? {
    switch node.value {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    default: nil
    }
  }

  /// Condition keys, and the keys of variables without a default.
  var namedKeys: [ContextKey] {
    var keys: [ContextKey] = []
    switch resources {
    case .absent: break
    case .resource(let patterns), .notResource(let patterns): keys += patterns.flatMap(\.requiredKeys)
    }
    for clause in conditions {
      keys.append(clause.key)
      keys += clause.requiredKeys
    }
    return keys
  }
}
