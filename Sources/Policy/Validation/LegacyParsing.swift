/// The checks behind IAM's "The policy failed legacy parsing".
enum LegacyParsing {
  /// Effects in the right case, and dates that are dates.
  static func accepts(_ statement: JSONNode) -> Bool {
    guard let effect = statement["Effect"]?.string, PolicyEffect(rawValue: effect) != nil else { return false }
    for entry in statement["Condition"]?.members ?? [] {
      var name = Substring(entry.key)
      for prefix in ["ForAllValues:", "ForAnyValue:"] where name.hasPrefix(prefix) {
        name = name.dropFirst(prefix.count)
      }
      guard name.hasPrefix("Date") else { continue }
      for key in entry.node.members ?? [] {
        for value in key.node.asList {
          switch value.value {
          case .string(let text), .number(let text): if !isDate(text) { return false }
          default: return false
          }
        }
      }
    }
    return true
  }

  /// A resource needs a service, and all six parts once it leaves one of them empty.
  static func accepts(resource: String) -> Bool {
    if resource == "*" { return true }
    let parts = resource.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 2, !parts[2].isEmpty else { return false }
    return parts.count >= 6 || !parts.dropFirst().dropLast().contains("")
  }

  /// Seconds since 1970, or a date that may end anywhere and whose numbers needn't be padded: `01T` is one.
  static func isDate(_ text: String) -> Bool {
    let text = text.lowercased()
    // Variables are replaced only when the condition is judged.
    if text.hasPrefix("${") { return true }
    guard text.contains("t") || text.contains("-") else {
      return Int64(text).map { $0 >= 0 && !text.hasPrefix("+") } ?? false
    }
    let halves = text.split(separator: "t", maxSplits: 1, omittingEmptySubsequences: false)
    var date = halves[0]
    let isNegative = date.hasPrefix("-")
    if isNegative { date = date.dropFirst() }
    let dateParts = date.split(separator: "-", omittingEmptySubsequences: false)
    guard dateParts.count < 4, let year = Int(dateParts[0]) else { return false }
    guard (-292_275_054...292_278_993).contains(isNegative ? -year : year) else { return false }
    if dateParts.count > 1, !isNumber(dateParts[1], 1...12) { return false }
    if dateParts.count > 2, !isNumber(dateParts[2], 1...31) { return false }
    return halves.count == 1 || isTime(halves[1])
  }

  private static func isTime(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    if !parts[0].isEmpty, !isNumber(parts[0], 0...23) { return false }
    if parts.count > 1, !isNumber(parts[1], 0...59) { return false }
    guard parts.count > 2 else { return true }
    var seconds = parts[2]
    if let zone = seconds.firstIndex(where: { "z+-".contains($0) }) {
      let rest = seconds[seconds.index(after: zone)...]
      if seconds[zone] == "z" ? !rest.isEmpty : !isOffset(rest) { return false }
      seconds = seconds[..<zone]
    }
    let decimals = seconds.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard isNumber(decimals[0], 0...59) else { return false }
    return decimals.count == 1 || isNumber(decimals[1], 0...999_999_999)
  }

  private static func isOffset(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ $0.count == 2 }), isNumber(parts[0], 0...23) else { return false }
    return parts.count == 1 || isNumber(parts[1], 0...59)
  }

  private static func isNumber(_ text: Substring, _ range: ClosedRange<Int>) -> Bool {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text) else { return false }
    return range.contains(value)
  }
}
