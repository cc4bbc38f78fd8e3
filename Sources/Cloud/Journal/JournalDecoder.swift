import Policy
import Wire

/// Reads the entries of one segment, from its first: later ones refer to earlier ones.
///
/// One that has read a segment can read any of its entries again (``again(_:)``), for what they refer to is known then.
struct JournalDecoder {
  private struct Template {
    var context: ConditionContext
    var clock: Int?
    var epoch: Int?
  }

  /// Whether what is read was read before, so that nothing gets a number again.
  private var isKnown = false
  private var texts: [String] = []
  private var callers: [JournalCaller] = []
  private var templates: [Template] = []
  private var clock = (time: Timestamp(milliseconds: .min), text: "", epoch: "")

  /// Reads an entry that was read before.
  mutating func again(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> JournalEntry {
    isKnown = true
    defer { isKnown = false }
    return try entry(&cursor)
  }

  /// Reads the payload of a frame of calls, behind its first byte.
  mutating func entry(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> JournalEntry {
    var entry: JournalEntry?
    while !cursor.isAtEnd {
      let kind = try cursor.byte()
      let count = Int(try cursor.fixed(UInt32.self))
      var part = try cursor.part(count)
      switch JournalSection(rawValue: kind) {
      case .facts:
        let facts = try facts(&part)
        if clock.time != facts.time { clock = (facts.time, facts.time.iso8601, String(facts.time.seconds)) }
        entry = facts
      case .check:
        guard entry != nil else { throw JournalCursor.Malformed() }
        entry?.checks.append(try check(&part))
      case .parameters: entry?.parameters = try tree(&part)
      case .response: entry?.response = try tree(&part)
      case .connection:
        entry?.isSecure = try part.byte() == 1
        entry?.host = try text(&part)
      case nil: break
      }
    }
    guard let entry else { throw JournalCursor.Malformed() }
    return entry
  }

  /// Reads no more of an entry than its time, for which nothing before it is needed.
  static func time(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> Timestamp {
    guard try cursor.byte() == JournalSection.facts.rawValue else { throw JournalCursor.Malformed() }
    var facts = try cursor.part(Int(try cursor.fixed(UInt32.self)))
    let requestID = try facts.varint()
    switch requestID & 3 {
    case JournalToken.reference: break
    case JournalToken.literal, JournalToken.remembered:
      guard requestID >> 2 <= UInt64(facts.end) else { throw JournalCursor.Malformed() }
      _ = try facts.part(Int(requestID >> 2))
    default: _ = try facts.part(16)
    }
    // The event's id.
    _ = try facts.part(16)
    return Timestamp(milliseconds: Int64(bitPattern: try facts.varint()))
  }

  private mutating func facts(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> JournalEntry {
    let requestID = try text(&cursor)
    let eventID = EventID(high: try cursor.fixed(UInt64.self), low: try cursor.fixed(UInt64.self))
    let time = Timestamp(milliseconds: Int64(bitPattern: try cursor.varint()))
    let service = try text(&cursor)
    let operation = try text(&cursor)
    let region = try text(&cursor)
    let caller = try caller(&cursor)
    let sourceIP = try text(&cursor)
    let userAgent = try text(&cursor)
    var error: JournalEntry.Failure?
    if let code = try optional(&cursor) { error = .init(code: code, message: try text(&cursor)) }
    var recipients: [AccountID] = []
    for _ in 0..<(try cursor.count()) {
      guard let account = AccountID(try text(&cursor)) else { throw JournalCursor.Malformed() }
      recipients.append(account)
    }
    return JournalEntry(
      requestID: requestID, eventID: eventID, time: time, service: service, operation: operation, region: region,
      caller: caller, sourceIP: sourceIP, userAgent: userAgent, error: error, recipients: recipients)
  }

  private mutating func check(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> JournalCheck {
    let action = try text(&cursor)
    let resource = try text(&cursor)
    let account = try account(&cursor)
    let outcomes = try cursor.byte()
    let decider = try text(&cursor)
    let policy = try optional(&cursor)
    let traits = JournalCheck.Traits(rawValue: UInt16(truncatingIfNeeded: try cursor.varint()))
    return JournalCheck(
      action: action, resource: resource, resourceAccount: account, context: try context(&cursor),
      outcome: JournalOutcome.outcome(outcomes), outcomeWithoutOrganization: JournalOutcome.outcome(outcomes >> 2),
      decider: decider, policy: policy, traits: traits)
  }

  private mutating func caller(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> JournalCaller {
    let number = try cursor.varint()
    if number > 0 {
      guard number <= UInt64(callers.count) else { throw JournalCursor.Malformed() }
      return callers[Int(number) - 1]
    }
    let isRemembered = try cursor.byte() == 1
    let kind: Caller.Kind
    switch try cursor.byte() {
    case 0: kind = .anonymous
    case 1: kind = .root
    case 2: kind = .user(name: try text(&cursor), id: try text(&cursor))
    case 3:
      kind = .assumedRole(roleARN: try text(&cursor), roleID: try text(&cursor), sessionName: try text(&cursor))
    case 4: kind = .federatedUser(name: try text(&cursor), issuerARN: try text(&cursor))
    case 5: kind = .service(try text(&cursor))
    default: throw JournalCursor.Malformed()
    }
    let account = try account(&cursor)
    var caller = JournalCaller(kind: kind, account: account, arn: try text(&cursor), userID: try text(&cursor))
    caller.accessKeyID = try optional(&cursor)
    caller.invokedBy = try optional(&cursor)
    if try cursor.byte() == 1 {
      var session = JournalCaller.Session(issued: Timestamp(milliseconds: Int64(bitPattern: try cursor.varint())))
      switch try cursor.byte() {
      case 1: session.isMFAPresent = false
      case 2: session.isMFAPresent = true
      default: break
      }
      session.sourceIdentity = try optional(&cursor)
      session.federatedProvider = try optional(&cursor)
      caller.session = session
    }
    if isRemembered, !isKnown { callers.append(caller) }
    return caller
  }

  private mutating func account(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> AccountID? {
    guard let text = try optional(&cursor) else { return nil }
    guard let account = AccountID(text) else { throw JournalCursor.Malformed() }
    return account
  }

  // MARK: Contexts

  private mutating func context(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> ConditionContext {
    let head = try cursor.varint()
    if head & 1 == 0 {
      guard head >> 1 > 0, head >> 1 <= UInt64(templates.count) else { throw JournalCursor.Malformed() }
      let template = templates[Int(head >> 1) - 1]
      var context = template.context
      if let place = template.clock { context.replace(place: place, value: .single(clock.text)) }
      if let place = template.epoch { context.replace(place: place, value: .single(clock.epoch)) }
      for _ in 0..<(try cursor.count()) {
        let place = try cursor.varint()
        guard place < UInt64(context.count) else { throw JournalCursor.Malformed() }
        let key = try text(&cursor)
        context.replace(place: Int(place), key: key, value: try value(&cursor).value)
      }
      return context
    }
    let count = try cursor.count()
    var template = Template(context: ConditionContext())
    template.context.reserveCapacity(count)
    for place in 0..<count {
      let key = try text(&cursor)
      let item = try value(&cursor)
      switch item.special {
      case .currentTime: template.clock = place
      case .epochTime: template.epoch = place
      default: break
      }
      template.context.append(key: key, value: item.value)
    }
    if head >> 1 > 0 {
      if isKnown { return template.context }
      guard head >> 1 == UInt64(templates.count) + 1 else { throw JournalCursor.Malformed() }
      templates.append(template)
    }
    return template.context
  }

  private mutating func value(
    _ cursor: inout JournalCursor
  ) throws(JournalCursor.Malformed) -> (value: ConditionContext.Value, special: JournalToken.Special?) {
    let token = try cursor.varint()
    guard token & 3 == 3 else { return (.single(try text(token, &cursor)), nil) }
    switch JournalToken.Special(rawValue: token) {
    case .currentTime: return (.single(clock.text), .currentTime)
    case .epochTime: return (.single(clock.epoch), .epochTime)
    case .multiple:
      var texts: [String] = []
      for _ in 0..<(try cursor.count()) { texts.append(try text(&cursor)) }
      return (.multiple(texts), nil)
    default: throw JournalCursor.Malformed()
    }
  }

  // MARK: Trees

  /// - Parameter depth: how deep it may go: no input of a service is half as deep.
  private mutating func tree(_ cursor: inout JournalCursor, depth: Int = 64) throws(JournalCursor.Malformed)
    -> JSONValue
  {
    guard depth > 0 else { throw JournalCursor.Malformed() }
    switch JournalTree(rawValue: try cursor.byte()) {
    case .null: return .null
    case .no: return .bool(false)
    case .yes: return .bool(true)
    case .integer:
      let value = try cursor.varint()
      return .integer(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
    case .double: return .double(Double(bitPattern: try cursor.fixed(UInt64.self)))
    case .text: return .string(try text(&cursor))
    case .array:
      var values: [JSONValue] = []
      for _ in 0..<(try cursor.count()) { values.append(try tree(&cursor, depth: depth - 1)) }
      return .array(values)
    case .object:
      var members: [JSONValue.Member] = []
      for _ in 0..<(try cursor.count()) {
        let name = try text(&cursor)
        members.append(JSONValue.Member(name, try tree(&cursor, depth: depth - 1)))
      }
      return .object(members)
    case nil: throw JournalCursor.Malformed()
    }
  }

  // MARK: Texts

  private mutating func text(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> String {
    try text(try cursor.varint(), &cursor)
  }

  private mutating func optional(_ cursor: inout JournalCursor) throws(JournalCursor.Malformed) -> String? {
    let token = try cursor.varint()
    return token == JournalToken.Special.absent.rawValue ? nil : try text(token, &cursor)
  }

  private mutating func text(
    _ token: UInt64, _ cursor: inout JournalCursor
  ) throws(JournalCursor.Malformed) -> String {
    switch token & 3 {
    case JournalToken.reference:
      guard token >> 2 < UInt64(texts.count) else { throw JournalCursor.Malformed() }
      return texts[Int(token >> 2)]
    case JournalToken.literal:
      guard token >> 2 <= UInt64(cursor.end) else { throw JournalCursor.Malformed() }
      return try cursor.text(Int(token >> 2))
    case JournalToken.remembered:
      guard token >> 2 <= UInt64(cursor.end) else { throw JournalCursor.Malformed() }
      let text = try cursor.text(Int(token >> 2))
      if !isKnown { texts.append(text) }
      return text
    default:
      guard token == JournalToken.Special.guid.rawValue else { throw JournalCursor.Malformed() }
      return EventID(high: try cursor.fixed(UInt64.self), low: try cursor.fixed(UInt64.self)).description
    }
  }
}
