import Cloud
import Wire

/// A call as one account's trail and event history show it.
///
/// AWS: CloudTrail user guide, "CloudTrail record contents", event version 1.11.
struct EventRecord: Sendable {
  static let version = "1.11"

  let entry: JournalEntry
  let event: AuditEvent
  /// Whose record it is: a call across accounts has one for each.
  let recipient: AccountID

  /// `s3.amazonaws.com`.
  var source: String { EventRecord.source(entry.service) }
  var name: String {
    // Block Public Access of an account is S3 Control's, whose operations have the names of S3's.
    if entry.service == "s3", entry.parameters?["x-amz-account-id"] != nil {
      return entry.operation.replacing("PublicAccessBlock", with: "AccountPublicAccessBlock")
    }
    return event.name ?? entry.operation
  }
  var isReadOnly: Bool { event.isReadOnly(entry.operation) }
  var isManagement: Bool { event.dataResourceType == nil }
  var resources: [EventResource] { EventResource.of(entry, event) }
  /// The record's own id: each account's record of a call has another one.
  var id: EventID { entry.recipients.first == recipient ? entry.eventID : entry.eventID.derived(for: recipient) }
  /// What all records of a call across accounts have in common.
  var sharedID: EventID? { entry.recipients.count > 1 ? entry.eventID.derived(for: nil) : nil }

  static func source(_ service: String) -> String { service + ".amazonaws.com" }

  /// The error's code as CloudTrail shows it.
  var errorCode: String? {
    guard let code = entry.error?.code else { return nil }
    if entry.isDenied { return "AccessDenied" }
    // IAM's codes end in Exception here, though not on the wire.
    if entry.service == "iam", !code.hasSuffix("Exception"), code != "AccessDenied" { return code + "Exception" }
    return code
  }

  /// `requestParameters`: null where permissions were what was missing, except in S3.
  // unverified: for which services AWS shows them nevertheless.
  var parameters: JSONValue? {
    if entry.service == "s3" { return storageParameters }
    return entry.isDenied ? nil : entry.parameters
  }

  /// S3 shows the host beside what was in path, query and headers.
  private var storageParameters: JSONValue? {
    var members = entry.parameters?.object ?? []
    guard let host = entry.host else { return members.isEmpty ? nil : .object(members) }
    members.insert(.init("Host", .string(host)), at: members.first?.name == "bucketName" ? 1 : 0)
    return .object(members)
  }

  /// `responseElements`: of S3's answers only headers of its own.
  private var response: JSONValue? {
    guard entry.service == "s3" else { return entry.response }
    let members = (entry.response?.object ?? []).filter { $0.name.hasPrefix("x-amz-") }
    return members.isEmpty ? nil : .object(members)
  }

  /// The record as an object, its members in AWS's order.
  var json: JSONValue {
    var members: [JSONValue.Member] = []
    members.reserveCapacity(24)
    func add(_ name: String, _ value: JSONValue) { members.append(JSONValue.Member(name, value)) }
    add("eventVersion", .string(EventRecord.version))
    add("userIdentity", UserIdentity.json(of: entry, for: recipient))
    add("eventTime", .string(entry.time.wholeSeconds.iso8601))
    add("eventSource", .string(source))
    add("eventName", .string(name))
    add("awsRegion", .string(entry.region))
    add("sourceIPAddress", .string(entry.sourceIP))
    add("userAgent", .string(entry.userAgent))
    if let error = entry.error, let code = errorCode {
      add("errorCode", .string(code))
      add("errorMessage", .string(error.message))
    }
    add("requestParameters", parameters ?? .null)
    add("responseElements", response ?? .null)
    add("requestID", .string(entry.requestID))
    add("eventID", .string(id.description))
    add("readOnly", .bool(isReadOnly))
    let resources = resources
    if !resources.isEmpty { add("resources", .array(resources.map(\.json))) }
    add("eventType", .string("AwsApiCall"))
    add("managementEvent", .bool(isManagement))
    add("recipientAccountId", .string(recipient.rawValue))
    if let sharedID { add("sharedEventID", .string(sharedID.description)) }
    add("eventCategory", .string(isManagement ? "Management" : "Data"))
    if entry.isSecure, let host = entry.host {
      add("tlsDetails", .object([.init("clientProvidedHostHeader", .string(host))]))
    }
    return .object(members)
  }
}

extension EventResource {
  var json: JSONValue {
    var members: [JSONValue.Member] = []
    if let account { members.append(.init("accountId", .string(account.rawValue))) }
    members.append(.init("type", .string(type)))
    members.append(.init(isPrefix ? "ARNPrefix" : "ARN", .string(arn)))
    return .object(members)
  }
}

extension EventID {
  /// The id of an account's record of the same call, or of what the records have in common: always the same, so that it need
  /// not be kept.
  func derived(for account: AccountID?) -> EventID {
    var mixed = high ^ (account.flatMap { UInt64($0.rawValue) }.map { $0 &+ 1 } ?? 0)
    func next() -> UInt64 {
      // SplitMix64.
      mixed = mixed &+ 0x9E37_79B9_7F4A_7C15
      var word = mixed ^ low
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
    return EventID(high: next() & ~0xF000 | 0x4000, low: next() & ~(0xC000 << 48) | (0x8000 << 48))
  }
}
