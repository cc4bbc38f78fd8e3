extension WhatIfReport {
  /// The report for people.
  /// - Parameter limit: how many findings of each outcome are listed.
  public func table(limit: Int = 40) -> String {
    var lines: [String] = []
    lines.append("What if: " + (changes.isEmpty ? "nothing changes" : changes.joined(separator: "; ")))
    let source = grade == .exact ? "recorded here, judged exactly" : "from logs, judged as far as they tell"
    lines.append(
      "\(counts.calls) calls \(source): \(counts.newlyDenied) newly denied, \(counts.newlyAllowed) newly allowed, "
        + "\(counts.unknown) unknown, \(counts.unchanged) as before.")
    for outcome in [CallChange.Outcome.newlyDenied, .unknown, .newlyAllowed] {
      let found = findings.filter { $0.outcome == outcome }
      if found.isEmpty { continue }
      lines += ["", outcome.title]
      var account: String?
      var principal: String?
      for finding in found.prefix(limit) {
        if finding.account != account {
          account = finding.account
          principal = nil
          lines.append("  " + (finding.account.isEmpty ? "callers without account" : "account \(finding.account)"))
        }
        if finding.principal != principal {
          principal = finding.principal
          lines.append("    \(finding.principal)")
        }
        lines += finding.lines
      }
      if found.count > limit {
        lines.append("  and \(found.count - limit) more kinds of calls; --format json has all.")
      }
    }
    if !counts.skipped.isEmpty {
      lines.append("")
      for (reason, count) in counts.skipped.sorted(by: { $0.key < $1.key }) {
        lines.append("Passed over: \(count) \(reason).")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// How fast it went, in a line.
  public var speedLine: String {
    func rate(_ amount: Int, _ seconds: Double) -> String {
      seconds > 0 ? grouped(Int(Double(amount) / seconds)) : "–"
    }
    return "\(grouped(speed.records)) records; read at \(rate(speed.records, speed.readingSeconds)) a second and core"
      + (speed.bytes > 0 ? " (\(rate(speed.bytes / 1_000_000, speed.readingSeconds)) MB/s)" : "")
      + ", judged at \(rate(speed.records, speed.judgingSeconds)) a second and core."
  }

  private func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}

extension CallChange.Outcome {
  fileprivate var title: String {
    switch self {
    case .newlyDenied: "NEWLY DENIED"
    case .unknown: "UNKNOWN: the records do not tell enough"
    case .newlyAllowed: "NEWLY ALLOWED"
    }
  }
}

extension Finding {
  fileprivate var lines: [String] {
    let times =
      String(count).count < 5 ? String(repeating: " ", count: 5 - String(count).count) + "\(count)" : "\(count)"
    var lines = ["    \(times) × \(action)  \(resource)  \(region)"]
    let by =
      outcome == .newlyAllowed
      ? "was denied: " : outcome == .unknown ? "could be denied: " : policy == nil ? "for " : "by "
    if !reason.isEmpty { lines.append("            \(by)\(reason)") }
    if !missing.isEmpty { lines.append("            not in the record: \(missing.joined(separator: ", "))") }
    let span = count == 1 ? "\(first)" : "\(first) – \(last)"
    lines.append("            \(span)  \(requestIDs.prefix(3).joined(separator: " "))")
    return lines
  }
}
