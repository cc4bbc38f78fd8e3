import Policy
import Wire

/// Writes entries of one segment: what repeats within it is written once.
///
/// Texts that will come again get numbers; callers too; and a context of conditions is written as what is different from an
/// earlier one of the same caller, which mostly is nothing but the time.
struct JournalEncoder {
  /// A context that later ones are compared with.
  private struct Template {
    var number: UInt64
    var context: ConditionContext
    /// Where `aws:CurrentTime` and `aws:EpochTime` are that follow the entry's time.
    var clock: Int?
    var epoch: Int?
  }

  private struct TemplateKey: Hashable {
    var caller: UInt64
    var count: Int
    var action: String
  }

  /// Frames that are ready to be written.
  private(set) var bytes: [UInt8] = []
  private var texts: [String: UInt64] = [:]
  /// The last texts that stood there once, by hash: one that comes again is worth a number.
  private var seenOnce = [UInt32](repeating: 0, count: 4096)
  private var callers: [JournalCaller: UInt64] = [:]
  /// The number of the entry's caller; 0 if it has none.
  private var caller: UInt64 = 0
  private var templates: [TemplateKey: Template] = [:]
  private var templateCount: UInt64 = 0
  /// The texts of the time that was last written.
  private var clock = (time: Timestamp(milliseconds: .min), text: "", epoch: "")

  private static let textLimit = 60_000
  private static let callerLimit = 20_000
  private static let templateLimit: UInt64 = 20_000
  /// A context that differs more from its template becomes the new one.
  private static let differenceLimit = 5

  /// Forgets what is ready, after it was written.
  mutating func removeBytes() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ entry: JournalEntry) {
    frame(.call) { encoder in
      if encoder.clock.time != entry.time {
        encoder.clock = (entry.time, entry.time.iso8601, String(entry.time.seconds))
      }
      encoder.section(.facts) { $0.facts(entry) }
      for check in entry.checks { encoder.section(.check) { $0.check(check) } }
      if let parameters = entry.parameters { encoder.section(.parameters) { $0.tree(parameters) } }
      if let response = entry.response { encoder.section(.response) { $0.tree(response) } }
      if let host = entry.host {
        encoder.section(.connection) { encoder in
          encoder.bytes.append(entry.isSecure ? 1 : 0)
          encoder.perhaps(host)
        }
      }
    }
  }

  mutating func appendSeal(first: Timestamp, last: Timestamp, count: Int) {
    frame(.seal) { encoder in
      encoder.bytes.append(fixed: first.milliseconds)
      encoder.bytes.append(fixed: last.milliseconds)
      encoder.bytes.append(fixed: UInt64(count))
    }
  }

  // MARK: Parts

  private mutating func frame(_ kind: JournalFrame, _ body: (inout JournalEncoder) -> Void) {
    let start = bytes.count
    bytes.append(fixed: UInt64(0))
    bytes.append(kind.rawValue)
    body(&self)
    let count = bytes.count - start - 8
    let check = bytes.withUnsafeBytes { journalCheck(UnsafeRawBufferPointer(rebasing: $0[(start + 8)...])) }
    bytes.overwrite(at: start, with: UInt32(count))
    bytes.overwrite(at: start + 4, with: check)
  }

  private mutating func section(_ kind: JournalSection, _ body: (inout JournalEncoder) -> Void) {
    bytes.append(kind.rawValue)
    let start = bytes.count
    bytes.append(fixed: UInt32(0))
    body(&self)
    bytes.overwrite(at: start, with: UInt32(bytes.count - start - 4))
  }

  private mutating func facts(_ entry: JournalEntry) {
    if let id = EventID(entry.requestID) {
      bytes.append(varint: JournalToken.Special.guid.rawValue)
      append(id)
    } else {
      literal(entry.requestID)
    }
    append(entry.eventID)
    bytes.append(varint: UInt64(bitPattern: entry.time.milliseconds))
    intern(entry.service)
    intern(entry.operation)
    intern(entry.region)
    append(entry.caller)
    perhaps(entry.sourceIP)
    perhaps(entry.userAgent)
    if let error = entry.error {
      intern(error.code)
      perhaps(error.message)
    } else {
      absent()
    }
    bytes.append(varint: UInt64(entry.recipients.count))
    for account in entry.recipients { intern(account.rawValue) }
  }

  private mutating func check(_ check: JournalCheck) {
    intern(check.action)
    perhaps(check.resource)
    optional(check.resourceAccount?.rawValue)
    bytes.append(JournalOutcome.byte(check.outcome) | JournalOutcome.byte(check.outcomeWithoutOrganization) << 2)
    intern(check.decider)
    if let policy = check.policy { perhaps(policy) } else { absent() }
    bytes.append(varint: UInt64(check.traits.rawValue))
    context(check.context, TemplateKey(caller: caller, count: check.context.count, action: check.action))
  }

  private mutating func append(_ id: EventID) {
    bytes.append(fixed: id.high)
    bytes.append(fixed: id.low)
  }

  private mutating func append(_ caller: JournalCaller) {
    if let number = callers[caller] {
      self.caller = number
      bytes.append(varint: number)
      return
    }
    let isRemembered = callers.count < JournalEncoder.callerLimit
    self.caller = isRemembered ? UInt64(callers.count + 1) : 0
    if isRemembered { callers[caller] = self.caller }
    bytes.append(0)
    bytes.append(isRemembered ? 1 : 0)
    switch caller.kind {
    case .anonymous: bytes.append(0)
    case .root: bytes.append(1)
    case .user(let name, let id):
      bytes.append(2)
      intern(name)
      intern(id)
    case .assumedRole(let roleARN, let roleID, let sessionName):
      bytes.append(3)
      intern(roleARN)
      intern(roleID)
      perhaps(sessionName)
    case .federatedUser(let name, let issuerARN):
      bytes.append(4)
      intern(name)
      intern(issuerARN)
    case .service(let name):
      bytes.append(5)
      intern(name)
    }
    optional(caller.account?.rawValue)
    perhaps(caller.arn)
    perhaps(caller.userID)
    optional(caller.accessKeyID)
    optional(caller.invokedBy)
    guard let session = caller.session else {
      bytes.append(0)
      return
    }
    bytes.append(1)
    bytes.append(varint: UInt64(bitPattern: session.issued.milliseconds))
    bytes.append(session.isMFAPresent.map { $0 ? 2 : 1 } ?? 0)
    optional(session.sourceIdentity)
    optional(session.federatedProvider)
  }

  // MARK: Contexts

  private mutating func context(_ context: ConditionContext, _ key: TemplateKey) {
    if let template = templates[key], let differences = differences(context, template) {
      bytes.append(varint: template.number << 1)
      bytes.append(varint: UInt64(differences.count))
      for place in differences {
        bytes.append(varint: UInt64(place))
        entry(context[place: place])
      }
      return
    }
    var template = Template(number: 0, context: context)
    if templateCount < JournalEncoder.templateLimit {
      templateCount += 1
      template.number = templateCount
    }
    bytes.append(varint: template.number << 1 | 1)
    bytes.append(varint: UInt64(context.count))
    for place in 0..<context.count {
      let item = context[place: place]
      if case .single(let text) = item.value {
        if text == clock.text, item.key == "aws:CurrentTime" { template.clock = place }
        if text == clock.epoch, item.key == "aws:EpochTime" { template.epoch = place }
      }
      entry(item)
    }
    if template.number > 0 { templates[key] = template }
  }

  /// The places where a context is not as its template, with the entry's time in the place of the template's; nothing if they
  /// are too many.
  private func differences(_ context: ConditionContext, _ template: Template) -> [Int]? {
    var result: [Int] = []
    for place in 0..<context.count {
      let item = context[place: place]
      let known = template.context[place: place]
      if item.key == known.key {
        if place == template.clock {
          if case .single(clock.text) = item.value { continue }
        } else if place == template.epoch {
          if case .single(clock.epoch) = item.value { continue }
        } else if item.value == known.value {
          continue
        }
      }
      result.append(place)
      if result.count > JournalEncoder.differenceLimit { return nil }
    }
    return result
  }

  private mutating func entry(_ item: (key: String, value: ConditionContext.Value)) {
    intern(item.key)
    switch item.value {
    case .single(let text):
      if text == clock.text, item.key == "aws:CurrentTime" {
        bytes.append(varint: JournalToken.Special.currentTime.rawValue)
      } else if text == clock.epoch, item.key == "aws:EpochTime" {
        bytes.append(varint: JournalToken.Special.epochTime.rawValue)
      } else {
        perhaps(text)
      }
    case .multiple(let texts):
      bytes.append(varint: JournalToken.Special.multiple.rawValue)
      bytes.append(varint: UInt64(texts.count))
      for text in texts { perhaps(text) }
    }
  }

  // MARK: Trees

  private mutating func tree(_ value: JSONValue) {
    switch value {
    case .null: bytes.append(JournalTree.null.rawValue)
    case .bool(let value): bytes.append((value ? JournalTree.yes : .no).rawValue)
    case .integer(let value):
      bytes.append(JournalTree.integer.rawValue)
      bytes.append(varint: UInt64(bitPattern: value << 1 ^ value >> 63))
    case .double(let value):
      bytes.append(JournalTree.double.rawValue)
      bytes.append(fixed: value.bitPattern)
    case .string(let text):
      bytes.append(JournalTree.text.rawValue)
      // Long texts seldom come again, and to look for them would cost more than to write them.
      if text.utf8.count <= 80 { perhaps(text) } else { literal(text) }
    case .array(let values):
      bytes.append(JournalTree.array.rawValue)
      bytes.append(varint: UInt64(values.count))
      for value in values { tree(value) }
    case .object(let members):
      bytes.append(JournalTree.object.rawValue)
      bytes.append(varint: UInt64(members.count))
      for member in members {
        perhaps(member.name)
        tree(member.value)
      }
    }
  }

  // MARK: Texts

  /// A text that comes again and again.
  private mutating func intern(_ text: String) {
    if let number = texts[text] {
      bytes.append(varint: number << 2 | JournalToken.reference)
    } else {
      fresh(text, isRemembered: texts.count < JournalEncoder.textLimit)
    }
  }

  /// A text that may or may not come again: it gets a number when it does.
  private mutating func perhaps(_ text: String) {
    if let number = texts[text] {
      bytes.append(varint: number << 2 | JournalToken.reference)
      return
    }
    let hash = UInt32(truncatingIfNeeded: text.hashValue)
    let isRepeated = seenOnce[Int(hash & 4095)] == hash && text.utf8.count <= 512
    seenOnce[Int(hash & 4095)] = hash
    fresh(text, isRemembered: isRepeated && texts.count < JournalEncoder.textLimit)
  }

  private mutating func optional(_ text: String?) {
    if let text { intern(text) } else { absent() }
  }

  private mutating func absent() { bytes.append(varint: JournalToken.Special.absent.rawValue) }

  private mutating func literal(_ text: String) { fresh(text, isRemembered: false) }

  private mutating func fresh(_ text: String, isRemembered: Bool) {
    if isRemembered { texts[text] = UInt64(texts.count) }
    let kind = isRemembered ? JournalToken.remembered : JournalToken.literal
    bytes.append(varint: UInt64(text.utf8.count) << 2 | kind)
    bytes.append(contentsOf: text.utf8)
  }
}

/// Outcomes in two bits.
enum JournalOutcome {
  static func byte(_ outcome: Decision.Outcome?) -> UInt8 {
    switch outcome {
    case nil: 0
    case .allowed: 1
    case .explicitDeny: 2
    case .implicitDeny: 3
    }
  }

  static func outcome(_ byte: UInt8) -> Decision.Outcome? {
    switch byte & 3 {
    case 1: .allowed
    case 2: .explicitDeny
    case 3: .implicitDeny
    default: nil
    }
  }
}
