import Policy
import Wire

/// One call to a service, allowed or denied, as the journal keeps it.
///
/// It has what CloudTrail tells of a call, and what no trail tells: every question that the judge was asked for it, with the
/// whole context of conditions, so that other policies can be tried on it later.
public struct JournalEntry: Sendable {
  /// The id that the answer carried.
  public var requestID: String
  public var eventID: EventID
  /// The cloud's time when the call was answered.
  public var time: Timestamp
  /// The service's name in its endpoint and event source (`sqs`).
  public var service: String
  /// The operation's name in the API.
  public var operation: String
  public var region: String
  public var caller: JournalCaller
  public var sourceIP: String
  public var userAgent: String
  /// What the caller was refused with; nothing if the call succeeded.
  public var error: Failure?
  /// The accounts that the call concerns: the caller's, and those that own what was asked for. Each gets a record of it.
  public var recipients: [AccountID]
  /// What the judge was asked, in order.
  public var checks: [JournalCheck]
  /// CloudTrail's `requestParameters`; nothing where it shows null.
  public var parameters: JSONValue?
  /// CloudTrail's `responseElements`; nothing where it shows null.
  public var response: JSONValue?
  /// The host that the client asked for; nothing for calls that came through no socket.
  public var host: String?
  /// Whether the call came by TLS.
  public var isSecure = false

  /// An error as it was answered.
  public struct Failure: Sendable, Equatable {
    public var code: String
    public var message: String

    public init(code: String, message: String) {
      self.code = code
      self.message = message
    }
  }

  public init(
    requestID: String, eventID: EventID, time: Timestamp, service: String, operation: String, region: String,
    caller: JournalCaller, sourceIP: String, userAgent: String, error: Failure? = nil, recipients: [AccountID] = [],
    checks: [JournalCheck] = []
  ) {
    self.requestID = requestID
    self.eventID = eventID
    self.time = time
    self.service = service
    self.operation = operation
    self.region = region
    self.caller = caller
    self.sourceIP = sourceIP
    self.userAgent = userAgent
    self.error = error
    self.recipients = recipients
    self.checks = checks
  }

  /// A check as the judge was asked it, for evaluating other policies.
  ///
  /// Its principal is not marked as one of a management account: whether it is now, the caller of this knows.
  public func request(_ check: JournalCheck, isInManagementAccount: Bool = false) -> AuthorizationRequest {
    AuthorizationRequest(
      principal: caller.principal(isInManagementAccount: isInManagementAccount), action: check.action,
      resource: check.resource, resourceAccount: check.resourceAccount?.rawValue, context: check.context)
  }
}

extension JournalEntry {
  /// Whether permissions were what the call failed for.
  public var isDenied: Bool {
    error != nil
      && checks.contains {
        $0.traits.contains(.isEnforced) && !$0.traits.contains(.isAdvisory) && $0.outcome != .allowed
      }
  }
}
