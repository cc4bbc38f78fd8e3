/// The shape that every policy has, whatever it is for: known elements of the right types.
struct PolicyShape {
  let root: JSONNode
  private(set) var statements: [JSONNode] = []

  /// What is wrong with the shape, told in our own words; AWS mostly says "Syntax errors in policy." to all of it.
  struct Fault: Error {
    let detail: String
    init(_ detail: String) { self.detail = detail }
  }

  static let elements: Set<String> = [
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
  ]

  init(_ root: JSONNode) throws(Fault) {
    self.root = root
    guard let members = root.members else { throw Fault("a policy is a JSON object") }
    for member in members where !["Version", "Id", "Statement"].contains(member.key) {
      throw Fault("unknown element \(member.key)")
    }
    if let version = root["Version"] {
      guard let text = version.string, ["2008-10-17", "2012-10-17"].contains(text) else {
        throw Fault("unknown Version")
      }
    }
    if let id = root["Id"], id.string == nil { throw Fault("Id is no string") }
    guard let statement = root["Statement"] else { throw Fault("Statement is missing") }
    switch statement.value {
    case .object: statements = [statement]
    case .array(let elements) where !elements.isEmpty: statements = elements
    default: throw Fault("Statement is neither an object nor a list of objects")
    }
    for statement in statements { try Self.check(statement) }
  }

  private static func check(_ statement: JSONNode) throws(Fault) {
    guard let members = statement.members else { throw Fault("a statement is no object") }
    for member in members where !elements.contains(member.key) { throw Fault("unknown element \(member.key)") }
    for name in ["Action", "Resource", "Principal"] where statement[name] != nil && statement["Not" + name] != nil {
      throw Fault("both \(name) and Not\(name)")
    }
    guard let effect = statement["Effect"]?.string, ["allow", "deny"].contains(effect.lowercased()) else {
      throw Fault("Effect is neither Allow nor Deny")
    }
    if let sid = statement["Sid"], sid.string == nil { throw Fault("Sid is no string") }
    for name in ["Action", "NotAction", "Resource", "NotResource"] {
      guard let node = statement[name] else { continue }
      guard node.string != nil || node.elements?.allSatisfy({ $0.string != nil }) == true else {
        throw Fault("\(name) is neither a string nor a list of strings")
      }
    }
    for name in ["Principal", "NotPrincipal"] {
      guard let node = statement[name] else { continue }
      if node.string != nil { continue }
      guard let types = node.members, !types.isEmpty else { throw Fault("\(name) is neither a string nor an object") }
      for type in types where !type.node.asList.allSatisfy({ $0.string != nil }) {
        throw Fault("\(name) holds something that is no string")
      }
    }
    if let condition = statement["Condition"] { try check(condition: condition) }
  }

  private static func check(condition: JSONNode) throws(Fault) {
    guard let operators = condition.members else { throw Fault("Condition is no object") }
    for entry in operators {
      guard let keys = entry.node.members else { throw Fault("\(entry.key) holds no object") }
      // An operator without keys says nothing, and AWS lets even unknown ones pass.
      guard keys.isEmpty || isOperator(entry.key) else { throw Fault("unknown operator \(entry.key)") }
      for key in keys {
        for value in key.node.asList {
          switch value.value {
          case .string, .number, .bool: break
          default: throw Fault("\(key.key) has a value that is neither string, number nor boolean")
          }
        }
      }
    }
  }

  /// Operators are written in AWS's own spelling.
  private static func isOperator(_ text: String) -> Bool {
    var name = Substring(text)
    for prefix in ["ForAllValues:", "ForAnyValue:"] where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
      break
    }
    if name.hasSuffix("IfExists") { name = name.dropLast("IfExists".count) }
    return ConditionOperator.names[String(name)] != nil
  }
}
