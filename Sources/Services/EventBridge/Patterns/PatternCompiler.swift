import Wire

/// Makes an ``EventPattern`` of its text, with the messages of AWS's compiler (aws/event-ruler, `JsonRuleCompiler`).
struct PatternCompiler {
  private var reader: PatternReader
  private var branches: [[EventPattern.Field]] = []
  private var path: [String] = []

  init(_ text: String) { reader = PatternReader(text) }

  mutating func compile() throws(PatternProblem) -> [[EventPattern.Field]] {
    guard try reader.token() == .startObject else { throw reader.problem("Filter is not an object") }
    try object(isInOr: false)
    return branches
  }

  private mutating func object(isInOr: Bool) throws(PatternProblem) {
    var isEmpty = true
    while case .name(let name) = try reader.token() {
      isEmpty = false
      if name == "$or" {
        try alternatives()
        continue
      }
      if isInOr, PatternCompiler.reserved.contains(name) {
        throw reader.problem("\(name) is Ruler reserved fieldName which cannot be used inside $or.")
      }
      switch try reader.token() {
      case .startObject:
        path.append(name)
        try object(isInOr: isInOr)
        path.removeLast()
      case .startArray: try field((path + [name]).joined(separator: "."))
      default: throw reader.problem("\"\(name)\" must be an object or an array")
      }
    }
    if isEmpty { throw reader.problem("Empty objects are not allowed") }
  }

  private static let reserved: Set<String> = [
    "exactly", "prefix", "suffix", "equals-ignore-case", "anything-but", "numeric", "exists", "cidr", "wildcard",
  ]

  private mutating func alternatives() throws(PatternProblem) {
    guard try reader.token() == .startArray else { throw reader.problem("It must be an Array followed with $or.") }
    let before = branches
    var all: [[EventPattern.Field]] = []
    var count = 0
    while true {
      let token = try reader.token()
      if token == .endArray { break }
      guard token == .startObject else {
        throw reader.problem("Only JSON object is allowed in array of $or relationship.")
      }
      count += 1
      branches = before.isEmpty ? [[]] : before
      try object(isInOr: true)
      all += branches
      if all.count > EventPattern.branchLimit {
        // unverified: words
        throw PatternProblem(
          "Rule is too complex - the number of rule combinations exceeds \(EventPattern.branchLimit)")
      }
    }
    if count < 2 { throw reader.problem("There must have at least 2 Objects in $or relationship.") }
    branches = all
  }

  private mutating func field(_ name: String) throws(PatternProblem) {
    var tests: [ValueTest] = []
    while true {
      let token = try reader.token()
      if token == .endArray { break }
      switch token {
      case .startObject: tests.append(try expression())
      case .string(let text):
        reader.take()
        tests.append(.exact(text))
      case .number(let text): tests.append(.number(EventText.number(text)))
      case .word(let text): tests.append(.word(text == "null" ? .null : .bool(text == "true")))
      default: throw reader.problem("Match value must be String, number, true, false, or null")
      }
    }
    if tests.isEmpty { throw reader.problem("Empty arrays are not allowed") }
    if branches.isEmpty { branches = [[]] }
    for index in branches.indices {
      if branches[index].contains(where: { $0.path == name }) {
        throw reader.problem("Path `\(name)` cannot be allowed multiple times")
      }
      branches[index].append(EventPattern.Field(path: name, tests: tests))
    }
  }

  // MARK: Expressions

  private mutating func expression() throws(PatternProblem) -> ValueTest {
    guard case .name(let type) = try reader.token() else { throw reader.problem("Match expression name not found") }
    switch type {
    case "exactly": return .exact(try only("exact match pattern must be a string"))
    case "prefix": return try affix("prefix")
    case "suffix": return try affix("suffix")
    case "equals-ignore-case":
      return .equalsIgnoringCase(try only("equals-ignore-case match pattern must be a string").lowercased())
    case "wildcard":
      let text = try string(or: "wildcard match pattern must be a string")
      let wildcard = try wildcard(text)
      try close()
      return .wildcard(wildcard)
    case "cidr":
      // The words are AWS's.
      let text = try string(or: "prefix match pattern must be a string")
      let network = try Network(text)
      try close()
      return .network(network)
    case "exists":
      let token = try reader.token()
      guard token == .word("true") || token == .word("false") else {
        throw reader.problem("exists match pattern must be either true or false.")
      }
      try close()
      return .exists(token == .word("true"))
    case "numeric":
      guard try reader.token() == .startArray else { throw reader.problem("Value of numeric must be an array.") }
      let range = try numeric()
      try close("Too many elements in numeric expression")
      return .numeric(range)
    case "anything-but": return try anythingBut()
    default: throw reader.problem("Unrecognized match type \(type)")
    }
  }

  private mutating func string(or message: String) throws(PatternProblem) -> String {
    guard case .string(let text) = try reader.token() else { throw reader.problem(message) }
    reader.take()
    return text
  }

  private mutating func close(
    _ message: String = "Only one key allowed in match expression"
  ) throws(PatternProblem) {
    guard try reader.token() == .endObject else { throw reader.problem(message) }
  }

  private mutating func only(_ message: String) throws(PatternProblem) -> String {
    let text = try string(or: message)
    try close()
    return text
  }

  private mutating func wildcard(_ text: String) throws(PatternProblem) -> Wildcard {
    do { return try Wildcard(text) } catch { throw reader.problem(error.description) }
  }

  /// `prefix` and `suffix`, of a string or of `equals-ignore-case`.
  private mutating func affix(_ type: String) throws(PatternProblem) -> ValueTest {
    let token = try reader.token()
    if token == .startObject {
      guard case .name(let name) = try reader.token() else {
        throw reader.problem("\(type.capitalized) expression name not found")
      }
      guard name == "equals-ignore-case" else { throw reader.problem("Unsupported \(type) pattern: \(name)") }
      let text = try only("equals-ignore-case match pattern must be a string").lowercased()
      try close()
      return type == "prefix" ? .prefixIgnoringCase(text) : .suffixIgnoringCase(text)
    }
    guard case .string(let text) = token else { throw reader.problem("\(type) match pattern must be a string") }
    reader.take()
    try close()
    return type == "prefix" ? .prefix(text) : .suffix(text)
  }

  // MARK: anything-but

  private mutating func anythingBut() throws(PatternProblem) -> ValueTest {
    var token = try reader.token()
    var type: String?
    if token == .startObject {
      guard case .name(let name) = try reader.token() else {
        throw reader.problem("Anything-But expression name not found")
      }
      guard ["equals-ignore-case", "prefix", "suffix", "wildcard"].contains(name) else {
        throw reader.problem("Unsupported anything-but pattern: \(name)")
      }
      type = name
      token = try reader.token()
    }
    var values: [PatternReader.Token] = []
    switch token {
    case .startArray:
      while true {
        let element = try reader.token()
        if element == .endArray { break }
        try check(element, type)
        values.append(element)
      }
      if type == nil, values.isEmpty || values.contains(where: \.isNumber) != values.allSatisfy(\.isNumber) {
        throw reader.problem(
          "Inside anything but list, either all values are number or string, mixed type is not supported")
      }
    case .string, .number:
      try check(token, type)
      values = [token]
    default: throw reader.problem("Value of anything-but must be an array or single string/number value.")
    }
    let test = try exclusion(of: values, type)
    try close("Too many elements in numeric expression")
    if type != nil { try close("Too many elements in numeric expression") }
    return test
  }

  private mutating func check(_ token: PatternReader.Token, _ type: String?) throws(PatternProblem) {
    switch (token, type) {
    case (.string(let text), _):
      reader.take()
      if text.isEmpty, type == "prefix" || type == "suffix" { throw reader.problem("Null prefix/suffix not allowed") }
    case (.number(let text), nil):
      guard let value = Double(text), abs(value) <= NumericRange.limit else { throw reader.problem(outOfRange) }
    case (_, nil): throw reader.problem("Inside anything but list, start|null|boolean is not supported.")
    case (_, "equals-ignore-case"):
      throw reader.problem("Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.")
    case (_, "wildcard"): throw reader.problem("wildcard match pattern must be a string")
    default: throw reader.problem("prefix/suffix match pattern must be a string")
    }
  }

  private mutating func exclusion(
    of values: [PatternReader.Token], _ type: String?
  ) throws(PatternProblem) -> ValueTest {
    let texts = values.map(\.text)
    switch type {
    case "equals-ignore-case": return .anythingButIgnoringCase(texts.map { $0.lowercased() })
    case "prefix": return .anythingButPrefixes(texts)
    case "suffix": return .anythingButSuffixes(texts)
    case "wildcard":
      var wildcards: [Wildcard] = []
      for text in texts { wildcards.append(try wildcard(text)) }
      return .anythingButWildcards(wildcards)
    default:
      return values.contains(where: \.isNumber)
        ? .anythingButNumbers(texts.compactMap { Double($0) }) : .anythingBut(texts)
    }
  }

  // MARK: numeric

  private var outOfRange: String { "Value must be between -5.0E9 and 5.0E9, inclusive" }

  private mutating func numeric() throws(PatternProblem) -> NumericRange {
    let first = try reader.token()
    guard case .string(let sign) = first else { throw reader.problem("Invalid member in numeric match: \(first.text)") }
    reader.take()
    let token = try reader.token()
    guard [">", ">=", "<", "<=", "="].contains(sign) else {
      throw reader.problem("Unrecognized numeric range operator: \(sign)")
    }
    let value = try number(token, sign == "=" ? "equals" : sign)
    var range = NumericRange()
    switch sign {
    case "=": (range.bottom, range.top) = (value, value)
    case "<", "<=": (range.top, range.includesTop) = (value, sign == "<=")
    default:
      (range.bottom, range.includesBottom) = (value, sign == ">=")
      let following = try reader.token()
      if following == .endArray { return range }
      return try completed(range, following)
    }
    guard try reader.token() == .endArray else { throw reader.problem("Too many elements in numeric expression") }
    return range
  }

  private mutating func completed(
    _ range: NumericRange, _ token: PatternReader.Token
  ) throws(PatternProblem) -> NumericRange {
    guard case .string(let sign) = token else { throw reader.problem("Bad value in numeric range: \(token.text)") }
    reader.take()
    guard sign == "<" || sign == "<=" else { throw reader.problem("Bad numeric range operator: \(sign)") }
    var range = range
    range.top = try number(try reader.token(), sign)
    range.includesTop = sign == "<="
    guard try reader.token() == .endArray else { throw reader.problem("Too many terms in numeric range expression") }
    guard range.bottom < range.top else { throw reader.problem("Bottom must be less than top") }
    return range
  }

  private func number(_ token: PatternReader.Token, _ sign: String) throws(PatternProblem) -> Double {
    guard case .number(let text) = token, let value = Double(text) else {
      throw reader.problem("Value of \(sign) must be numeric")
    }
    guard abs(value) <= NumericRange.limit else { throw reader.problem(outOfRange) }
    return value
  }
}
