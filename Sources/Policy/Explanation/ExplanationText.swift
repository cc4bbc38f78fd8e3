extension Explanation {
  /// The explanation for people: a headline, one line a layer, the nearest miss below its layer, and hints.
  public var text: String {
    var lines: [String] = []
    let verdict =
      switch outcome {
      case .allowed: "ALLOWED"
      case .explicitDeny: "DENIED explicitly"
      case .implicitDeny: "DENIED, for nothing allows it"
      }
    lines.append("\(verdict): \(action) on \(resource)")
    var who = "  caller    \(principal)"
    if let resourceAccount, !isSameAccount { who += "  (another account: the resource belongs to \(resourceAccount))" }
    lines.append(who)
    if let reason { lines.append("  reason    \(reason)") }
    for layer in layers { lines += layer.lines(decides: layer.layer.rawValue == decidedBy) }
    for hint in hints { lines.append("  hint      \(hint)") }
    return lines.joined(separator: "\n")
  }
}

extension Explanation.Layer {
  fileprivate func lines(decides: Bool) -> [String] {
    let name = entity.map { "\(layer.rawValue) \($0)" } ?? layer.rawValue
    let isDecisive = decides && (verdict == .explicitDeny || verdict == .implicitDeny || layer != .serviceControl)
    var line = "\(isDecisive ? "→" : " ") \(name)"
    line += String(repeating: " ", count: max(1, 26 - name.count))
    line += verdict.rawValue
    if let grant, verdict == .allow { line += " (\(grant))" }
    if let decidedBy { line += "  by \(decidedBy)" }
    if let policyARN { line += "  \(policyARN)" }
    if let note { line += "  – \(note)" }
    var lines = [line]
    for check in met { lines.append("      met: \(check.line)") }
    if let nearMiss {
      lines.append("      nearest: \(nearMiss.policy)")
      for check in nearMiss.failed { lines.append("        \(check.element.rawValue): \(check.line)") }
    }
    return lines
  }
}

extension Explanation.Check {
  fileprivate var line: String {
    let head = [self.operator, key].compactMap { $0 }.joined(separator: " ")
    let wants = wanted.isEmpty ? "nothing" : wanted.joined(separator: " | ")
    let has = had.map { $0.isEmpty ? "no value" : $0.joined(separator: ", ") } ?? "absent"
    return "\(head.isEmpty ? "" : head + " ")wants \(wants), request has \(has)"
  }
}
