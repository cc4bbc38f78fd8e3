import Cloud
import Policy
import Wire

/// An entry of the journal as a line of JSON.
enum JournalLine {
  /// Appends the line with its end.
  /// - Parameter hasContext: whether the contexts of conditions are told too.
  static func append(_ entry: JournalEntry, hasContext: Bool, to bytes: inout [UInt8]) {
    var line = Writer(bytes: bytes)
    bytes = []
    line.object { line in
      line.member("time", entry.time.iso8601)
      line.member("eventID", entry.eventID.description)
      line.member("requestID", entry.requestID)
      line.member("service", entry.service)
      line.member("operation", entry.operation)
      line.member("region", entry.region)
      line.name("caller")
      caller(entry.caller, &line)
      line.member("sourceIP", entry.sourceIP)
      line.member("userAgent", entry.userAgent)
      line.member("errorCode", entry.error?.code)
      line.member("errorMessage", entry.error?.message)
      line.member("recipients", entry.recipients.map(\.rawValue))
      line.name("checks")
      line.array(entry.checks) { check, line in JournalLine.check(check, hasContext, &line) }
    }
    line.bytes.append(10)
    bytes = line.bytes
  }

  private static func caller(_ caller: JournalCaller, _ line: inout Writer) {
    line.object { line in
      switch caller.kind {
      case .anonymous: line.member("type", "Anonymous")
      case .root: line.member("type", "Root")
      case .user(let name, _):
        line.member("type", "IAMUser")
        line.member("userName", name)
      case .assumedRole(let roleARN, let roleID, let name):
        line.member("type", "AssumedRole")
        line.member("roleArn", roleARN)
        line.member("roleId", roleID)
        line.member("sessionName", name)
      case .federatedUser(let name, let issuer):
        line.member("type", "FederatedUser")
        line.member("userName", name)
        line.member("issuerArn", issuer)
      case .service(let name):
        line.member("type", "AWSService")
        line.member("service", name)
      }
      line.member("arn", caller.arn)
      line.member("account", caller.account?.rawValue)
      line.member("principalId", caller.userID)
      line.member("accessKeyId", caller.accessKeyID)
      line.member("invokedBy", caller.invokedBy)
      if let session = caller.session {
        line.member("sessionIssued", session.issued.iso8601)
        line.member("mfa", session.isMFAPresent.map { $0 ? "true" : "false" })
        line.member("sourceIdentity", session.sourceIdentity)
        line.member("federatedProvider", session.federatedProvider)
      }
    }
  }

  private static func check(_ check: JournalCheck, _ hasContext: Bool, _ line: inout Writer) {
    line.object { line in
      line.member("action", check.action)
      line.member("resource", check.resource)
      line.member("resourceAccount", check.resourceAccount?.rawValue)
      line.member("outcome", check.outcome?.rawValue ?? "notJudged")
      line.member("outcomeWithoutOrganization", check.outcomeWithoutOrganization?.rawValue)
      if !check.decider.isEmpty { line.member("decidedBy", check.decider) }
      line.member("policy", check.policy)
      line.member("traits", names.filter { check.traits.contains($0.trait) }.map(\.name))
      guard hasContext else { return }
      line.name("context")
      line.object { line in
        for (key, value) in check.context.all {
          switch value {
          case .single(let text): line.member(key, text)
          case .multiple(let texts): line.member(key, texts)
          }
        }
      }
    }
  }

  private static let names: [(trait: JournalCheck.Traits, name: String)] = [
    (.isEnforced, "enforced"), (.isAdvisory, "advisory"), (.isExemptFromSCPs, "exemptFromSCPs"),
    (.isSubjectToRCPs, "subjectToRCPs"), (.dependsOnOrganization, "dependsOnOrganization"),
    (.isResourceInManagementAccount, "resourceInManagementAccount"),
  ]

  /// JSON as it is written, without spaces.
  struct Writer {
    var bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func object(_ body: (inout Writer) -> Void) {
      bytes.append(UInt8(ascii: "{"))
      body(&self)
      bytes.append(UInt8(ascii: "}"))
    }

    mutating func array<Element>(_ elements: [Element], _ body: (Element, inout Writer) -> Void) {
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        body(element, &self)
      }
      bytes.append(UInt8(ascii: "]"))
    }

    mutating func name(_ name: String) {
      if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
      text(name)
      bytes.append(UInt8(ascii: ":"))
    }

    /// Nothing is written for nothing.
    mutating func member(_ name: String, _ value: String?) {
      guard let value else { return }
      self.name(name)
      text(value)
    }

    mutating func member(_ name: String, _ values: [String]) {
      self.name(name)
      array(values) { $1.text($0) }
    }

    mutating func text(_ text: String) {
      bytes.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0..<32:
          let digits = Array("0123456789abcdef".utf8)
          bytes += [UInt8(ascii: "\\"), UInt8(ascii: "u"), 48, 48, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
      }
      bytes.append(UInt8(ascii: "\""))
    }
  }
}
