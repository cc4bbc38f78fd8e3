import Foundation
import Logging
import Policy
import Testing
import Wire

@testable import Cloud

/// Entries of the kinds that there are.
enum Sample {
  static let random = RandomSource(seed: 3)
  static let ann = Caller(
    kind: .user(name: "ann", id: "AIDAQAAAAAAAEFK4O6XIR"), account: .first,
    arn: "arn:aws:iam::000000000000:user/ann", userID: "AIDAQAAAAAAAEFK4O6XIR", accessKeyID: "AKIAQAAAAAAAEFK4O6XI")

  static func context(_ time: Timestamp, _ more: [(String, ConditionContext.Value)] = []) -> ConditionContext {
    var context = ConditionContext()
    context.set("aws:PrincipalAccount", "000000000000")
    context.set("aws:userid", "AIDAQAAAAAAAEFK4O6XIR")
    context.set("aws:PrincipalType", "User")
    context.set("aws:PrincipalArn", "arn:aws:iam::000000000000:user/ann")
    context.set("aws:username", "ann")
    context.set("aws:PrincipalOrgID", "o-abcdefghij")
    context.set("aws:PrincipalOrgPaths", all: ["o-abcdefghij/r-abcd/ou-abcd-11111111/"])
    context.set("aws:PrincipalTag/team", "photos")
    context.set("aws:ResourceAccount", "000000000000")
    context.set("aws:ResourceOrgID", "o-abcdefghij")
    context.set("aws:ResourceOrgPaths", all: ["o-abcdefghij/r-abcd/ou-abcd-11111111/"])
    context.set("aws:RequestedRegion", "eu-west-1")
    context.set("aws:SecureTransport", true)
    context.set("aws:SourceIp", "192.0.2.7")
    context.set("aws:UserAgent", "aws-cli/2.31 md/awscrt#0.28 ua/2.1 os/linux cfg/retry-mode#standard")
    context.set("aws:CurrentTime", time.iso8601)
    context.set("aws:EpochTime", String(time.seconds))
    context.set("aws:ViaAWSService", false)
    context.set("aws:PrincipalIsAWSService", false)
    for (key, value) in more { context[key] = value }
    return context
  }

  static func entry(_ number: Int, at time: Timestamp, resource: String? = nil) -> JournalEntry {
    JournalEntry(
      requestID: random.uuid(), eventID: EventID(random), time: time, service: "sqs", operation: "SendMessage",
      region: "eu-west-1", caller: JournalCaller(ann), sourceIP: "192.0.2.7",
      userAgent: "aws-cli/2.31 md/awscrt#0.28 ua/2.1 os/linux cfg/retry-mode#standard", recipients: [.first],
      checks: [
        JournalCheck(
          action: "sqs:SendMessage", resource: resource ?? "arn:aws:sqs:eu-west-1:000000000000:orders-\(number % 10)",
          resourceAccount: .first, context: context(time), outcome: .allowed, outcomeWithoutOrganization: .allowed,
          decider: "identity", policy: "arn:aws:iam::aws:policy/AdministratorAccess",
          traits: [.isEnforced, .isSubjectToRCPs])
      ])
  }

  /// An entry of every shape that has one of its own.
  static var strange: [JournalEntry] {
    let time = Timestamp(milliseconds: 1_800_000_000_123)
    var result: [JournalEntry] = []
    let kinds: [(Caller.Kind, AccountID?)] = [
      (.anonymous, nil), (.root, .first), (.user(name: "ann", id: "AIDA1"), .first),
      (.assumedRole(roleARN: "arn:aws:iam::000000000000:role/x/r", roleID: "AROA1", sessionName: "s"), .first),
      (.federatedUser(name: "f", issuerARN: "arn:aws:iam::000000000000:user/ann"), .first),
      (.service("sns.amazonaws.com"), nil),
    ]
    for (kind, account) in kinds {
      var entry = entry(1, at: time)
      entry.caller = JournalCaller(kind: kind, account: account, arn: "arn", userID: "id")
      entry.caller.session = .init(
        issued: time, isMFAPresent: true, sourceIdentity: "me", federatedProvider: "accounts.example.com")
      entry.caller.invokedBy = "cloudformation.amazonaws.com"
      entry.requestID = "JB4I3EA48IM3C3YV"
      entry.error = .init(code: "AccessDenied", message: "No “ü” for you")
      entry.checks.append(
        JournalCheck(
          action: "s3:GetObject", resource: "arn:aws:s3:::b/k", resourceAccount: nil,
          context: context(
            time, [("aws:TagKeys", .multiple([])), ("s3:prefix", .single("")), ("aws:CurrentTime", .single("now"))]),
          outcome: nil, outcomeWithoutOrganization: nil, traits: [.isAdvisory, .dependsOnOrganization]))
      entry.checks.append(
        JournalCheck(
          action: "sts:AssumeRole", resource: "*", resourceAccount: .first, context: ConditionContext(),
          outcome: .explicitDeny, outcomeWithoutOrganization: .implicitDeny, decider: "scp", policy: nil,
          traits: .isExemptFromSCPs))
      result.append(entry)
      // Once more, so that what repeats is referred to.
      result.append(entry)
    }
    return result
  }
}

/// What an entry is, to be compared.
func describe(_ entry: JournalEntry) -> String {
  var text =
    "\(entry.requestID) \(entry.eventID) \(entry.time) \(entry.service) \(entry.operation) \(entry.region) "
    + "\(entry.caller) \(entry.sourceIP) \(entry.userAgent) \(String(describing: entry.error)) \(entry.recipients)"
  for check in entry.checks {
    text += "\n\(check.action) \(check.resource) \(String(describing: check.resourceAccount)) "
    text += "\(String(describing: check.outcome)) \(String(describing: check.outcomeWithoutOrganization)) "
    text += "\(check.decider) \(String(describing: check.policy)) \(check.traits.rawValue)"
    for (key, value) in check.context.all { text += "\n  \(key): \(value)" }
  }
  return text
}

private func temporaryFolder() -> String { NSTemporaryDirectory() + "/journal-\(UUID().uuidString)" }

private let start = Timestamp(milliseconds: 1_800_000_000_000)

/// A journal with `count` entries, a second apart, written ten at a time.
private func filled(_ folder: String, _ count: Int, limits: Journal.Limits = .init()) throws -> Journal {
  let journal = try Journal(folder: folder, limits: limits)
  for number in 0..<count {
    journal.append(Sample.entry(number, at: start.adding(seconds: Int64(number))))
    if number % 10 == 9 || number == count - 1 {
      try journal.flush()
      journal.publish()
    }
  }
  return journal
}

@Suite struct JournalTests {
  @Test("what is read is what was written, for every kind of caller, check and value")
  func roundTrip() throws {
    let entries = Sample.strange + (0..<50).map { Sample.entry($0, at: start.adding(milliseconds: Int64($0 * 7))) }
    let journal = try Journal(folder: temporaryFolder())
    for entry in entries {
      journal.append(entry)
      try journal.flush()
      journal.publish()
    }
    var reader = journal.reader()
    for entry in entries { #expect(reader.next().map(describe) == describe(entry)) }
    #expect(reader.next() == nil)
    #expect(reader.damaged == 0)
  }

  @Test("what repeats costs nothing: an entry takes less than 120 bytes")
  func size() throws {
    let journal = try filled(temporaryFolder(), 2000)
    #expect(journal.summary.entries == 2000)
    #expect(journal.summary.bytes / 2000 < 120, "\(journal.summary.bytes / 2000) bytes an entry")
  }

  @Test("resources that never come again don't fill the table of texts")
  func resources() throws {
    let journal = try Journal(folder: temporaryFolder())
    for number in 0..<3000 {
      journal.append(Sample.entry(number, at: start, resource: "arn:aws:s3:::bucket/key-\(number)"))
    }
    try journal.flush()
    journal.publish()
    let resources = journal.reader().map { $0.checks[0].resource }
    #expect(resources == (0..<3000).map { "arn:aws:s3:::bucket/key-\($0)" })
  }

  @Test("a context that differs more and more from the first is still read as it was")
  func contexts() throws {
    let journal = try Journal(folder: temporaryFolder())
    var expected: [String] = []
    for number in 0..<300 {
      var entry = Sample.entry(number, at: start)
      for key in 0..<(number % 9) {
        entry.checks[0].context.set("aws:PrincipalTag/team", "team-\(number)-\(key)")
        entry.checks[0].context.set("aws:RequestTag/\(key)", "\(number * key)")
      }
      if number % 3 == 0 { entry.checks[0].context.set("aws:SourceIp", "192.0.2.\(number % 250)") }
      expected.append(describe(entry))
      journal.append(entry)
    }
    try journal.flush()
    journal.publish()
    #expect(journal.reader().map(describe) == expected)
  }

  @Test("a torn tail is cut off at the start, whatever its length, and writing goes on")
  func tornTail() throws {
    let folder = temporaryFolder()
    var journal: Journal? = try filled(folder, 20)
    let path = JournalSegment.path(folder, 1)
    let length = try #require(journal?.summary.bytes)
    journal = nil
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(whole.count == length)
    for cut in [1, 5, 9, 40] {
      try whole.prefix(whole.count - cut).write(to: URL(fileURLWithPath: path))
      let again = try Journal(folder: folder)
      #expect(again.summary.entries == 19)
      #expect(Array(again.reader()).count == 19)
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      #expect(size == again.summary.bytes)
    }
    let last = try Journal(folder: folder)
    last.append(Sample.entry(99, at: start))
    try last.flush()
    last.publish()
    #expect(Array(last.reader()).count == 20)
    #expect(last.summary.segments == 2)
  }

  @Test("a flipped bit ends the segment there, and is told")
  func flippedBit() throws {
    let folder = temporaryFolder()
    let journal = try filled(folder, 30)
    let path = JournalSegment.path(folder, 1)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: URL(fileURLWithPath: path))
    var reader = journal.reader()
    var count = 0
    while reader.next() != nil { count += 1 }
    #expect(count > 0 && count < 30)
    #expect(reader.damaged == 1)
  }

  @Test("segments are finished at their size, and the oldest go when there is too much")
  func rotation() throws {
    var limits = Journal.Limits()
    limits.segmentBytes = 2000
    limits.totalBytes = 10_000
    let folder = temporaryFolder()
    let journal = try filled(folder, 1000, limits: limits)
    #expect(journal.summary.bytes <= 10_000)
    #expect(journal.summary.segments > 2)
    let times = journal.reader().map(\.time)
    #expect(times.last == start.adding(seconds: 999))
    #expect(times == times.sorted())
    #expect(JournalSegment.numbers(in: folder).count == journal.summary.segments)
    // All but the open one tell all by their last frame.
    let again = try Journal(folder: folder, limits: limits)
    #expect(again.summary == journal.summary)
    #expect(again.reader().map(\.time) == times)
  }

  @Test("what is older than 90 days goes with the next segment")
  func age() throws {
    var limits = Journal.Limits()
    limits.segmentBytes = 2000
    let journal = try filled(temporaryFolder(), 100, limits: limits)
    let later = start.adding(seconds: 91 * 86_400)
    journal.seal(at: later)
    journal.append(Sample.entry(0, at: later))
    try journal.flush()
    journal.publish()
    #expect(journal.reader().map(\.time) == [later])
  }

  @Test("a range of time gives what lies in it, over segments and in parts")
  func range() throws {
    var limits = Journal.Limits()
    limits.segmentBytes = 2000
    let journal = try filled(temporaryFolder(), 300, limits: limits)
    let since = start.adding(seconds: 100)
    let until = start.adding(seconds: 199)
    #expect(journal.reader(since: since, until: until).map(\.time.seconds) == (100..<200).map { start.seconds + $0 })
    let parts = journal.parts(since: since, until: until)
    #expect(parts.count > 1 && parts.count < journal.summary.segments)
    #expect(parts.reduce(0) { $0 + Array($1).count } == 100)
  }

  @Test("a batch that fails leaves nothing, and the next entries are whole")
  func takingBack() throws {
    let journal = try filled(temporaryFolder(), 10)
    journal.append(Sample.entry(10, at: start))
    journal.append(Sample.entry(11, at: start))
    try journal.flush()
    journal.takeBack()
    // Nothing is pending: nothing is taken back.
    journal.takeBack()
    journal.append(Sample.entry(12, at: start.adding(seconds: 500)))
    try journal.flush()
    journal.publish()
    journal.takeBack()
    let entries = Array(journal.reader())
    #expect(entries.count == 11)
    #expect(entries.last?.time == start.adding(seconds: 500))
  }

  @Test("an emptied account's entries are gone, also after a restart, but not those of others or later ones")
  func forgetting() throws {
    let folder = temporaryFolder()
    let other = try #require(AccountID("111122223333"))
    let journal = try filled(folder, 10)
    var shared = Sample.entry(1, at: start)
    shared.recipients = [.first, other]
    journal.append(shared)
    try journal.flush()
    journal.publish()
    try journal.removeAll(of: .first)
    #expect(journal.reader().map(\.recipients) == [[other]])
    journal.append(Sample.entry(5, at: start))
    try journal.flush()
    journal.publish()
    #expect(journal.reader(account: .first).map(\.requestID).count == 1)
    let again = try Journal(folder: folder)
    #expect(Array(again.reader()).count == 2)
    try again.removeAll()
    #expect(Array(again.reader()).isEmpty)
    #expect(JournalSegment.numbers(in: folder).isEmpty)
  }

  @Test("a snapshot keeps the journal as it was, and going back to it brings it back")
  func snapshots() throws {
    let folder = temporaryFolder()
    let copy = temporaryFolder()
    let journal = try filled(folder, 25)
    try journal.link(to: copy, at: start)
    journal.append(Sample.entry(99, at: start))
    try journal.flush()
    journal.publish()
    #expect(Array(journal.reader()).count == 26)
    #expect(Array(JournalReader.offline(copy)).count == 25)
    try journal.replace(from: copy)
    #expect(Array(journal.reader()).count == 25)
    journal.append(Sample.entry(77, at: start))
    try journal.flush()
    journal.publish()
    #expect(Array(journal.reader()).count == 26)
    #expect(Array(JournalReader.offline(copy)).count == 25)
  }

  @Test("a handler's entry is there when its answer is, also if it was refused, and not while it waits")
  func store() async throws {
    let journal = try Journal(folder: temporaryFolder())
    let blobs = try Blobs(folder: temporaryFolder(), isForcedToDisk: false, random: RandomSource())
    let store = try Store(
      at: .memory, clock: CloudClock(), random: RandomSource(), blobs: blobs, journal: journal,
      logger: Logger(label: "test"))
    try await store.transact { transaction throws(AWSError) in
      transaction.record(Sample.entry(1, at: transaction.now))
    }
    #expect(Array(journal.reader()).count == 1)
    await #expect(throws: AWSError.self) {
      try await store.transact { transaction throws(AWSError) in
        try transaction.put(Item(name: "gone", rank: 1), in: scope)
        transaction.record(Sample.entry(2, at: transaction.now))
        throw AWSError("AccessDenied", "no", status: 403)
      }
    }
    #expect(Array(journal.reader()).count == 2)
    try await store.removeAll()
    #expect(Array(journal.reader()).isEmpty)
    store.close()
  }

  @Test("bytes that are no journal are never read past their end")
  func garbage() throws {
    let folder = temporaryFolder()
    _ = try filled(folder, 12)
    let path = JournalSegment.path(folder, 1)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      var frame: [UInt8] = []
      // A frame whose check is right, so that the decoder sees the damage itself.
      var payload = Array(whole[(JournalSegment.headLength + 8)..<(JournalSegment.headLength + 8 + 600)])
      for _ in 0..<3 { payload[Int.random(in: 1..<600, using: &random)] = UInt8.random(in: 0...255, using: &random) }
      frame.append(fixed: UInt32(payload.count))
      frame.append(fixed: payload.withUnsafeBytes { journalCheck($0) })
      let file = whole.prefix(JournalSegment.headLength) + Data(frame) + Data(payload)
      try file.write(to: URL(fileURLWithPath: path))
      for _ in JournalReader.offline(folder) {}
    }
  }

  @Test("ids of events are GUIDs")
  func eventID() {
    let id = EventID(RandomSource(seed: 5))
    #expect(EventID(id.description) == id)
    #expect(EventID("681a2493-3df1-43b9-8bc2-3a4cf179036") == nil)
    #expect(EventID("681A2493-3df1-43b9-8bc2-3a4cf179036f") == nil)
    #expect(id.description.split(separator: "-")[2].first == "4")
  }
}
