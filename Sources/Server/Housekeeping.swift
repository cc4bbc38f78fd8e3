import Cloud
import CloudTrail
import Foundation
import FrontDoor
import Identity
import SNS
import SWF
import Wire

/// The program's own pages under `/_hakoniwa/`: health, clock, decisions, snapshots, reset, enforcement.
///
/// They are for the person at this machine and are not signed; the server listens on loopback unless told otherwise.
struct Housekeeping: Sendable {
  let store: Store
  let clock: CloudClock
  let ledger: DecisionLedger
  let authorizer: Authorizer
  let snapshots: Snapshots
  let journal: JournalPage
  let serviceCalls: ServiceCalls
  let trails: CloudTrailService
  let services: [ServiceDefinition]
  let sns: SNSPages
  let swf: SWFTools

  static let version = "0.1.0"

  /// Answers `path` (without the query), or nothing if there is no such page.
  func respond(to request: HTTPRequest, path: String) async -> HTTPResponse {
    guard Housekeeping.isFromHere(request) else {
      return .json(403, ["message": "A web page from elsewhere may not do this."])
    }
    do {
      return try await answer(request, path)
    } catch let failure as StoreFailure {
      return .json(400, ["message": failure.description])
    } catch let error as AWSError {
      return .json(error.status ?? 500, ["message": error.message])
    } catch {
      return .json(500, ["message": "\(error)"])
    }
  }

  /// Whether a request was not sent by a web page of another origin: a page that somebody looks at could otherwise empty the
  /// cloud behind his back, for these pages are unsigned and browsers send simple posts anywhere.
  private static func isFromHere(_ request: HTTPRequest) -> Bool {
    guard let origin = request.first("origin") else { return true }
    return origin == "http://\(request.authority)" || origin == "https://\(request.authority)"
  }

  private func answer(_ request: HTTPRequest, _ path: String) async throws -> HTTPResponse {
    let parts = path.split(separator: "/").dropFirst().map { $0.removingPercentEncoding ?? String($0) }
    switch (request.method, parts.first ?? "", parts.count) {
    case ("GET", "health", 1), ("HEAD", "health", 1):
      return .json(200, health)
    case ("GET", "version", 1):
      return .json(200, ["version": Housekeeping.version])
    case ("POST", "reset", 1):
      return try await reset(try await body(request))
    case ("GET", "clock", 1):
      return .json(200, clockPage)
    case ("POST", "clock", 1):
      return try await moveClock(try await body(request))
    case ("GET", "decisions", 2):
      return try await decision(parts[1])
    case ("POST", "trail", 2) where parts[1] == "flush":
      await trails.flush()
      return .json(200, ["flushed": true])
    case ("POST", "service-calls", 1):
      return try await serviceCalls.answer(request)
    case ("POST", "look", 1):
      return try await LookPage(calls: serviceCalls.calls, region: serviceCalls.region).answer(request)
    case ("GET", "journal", 1):
      return try journal.answer(request)
    case ("GET", "who-can", 1):
      return try await survey.whoCan(request)
    case ("GET", "can", 1):
      return try await survey.can(request)
    case ("GET", "policy-from-use", 1):
      return try await PolicyFromUsePage(journal: journal.journal, clock: clock).answer(request)
    case ("POST", "org", 2) where parts[1] == "what-if":
      return try await WhatIfPage(journal: journal.journal, clock: clock).answer(request)
    case ("GET", "snapshots", 1):
      let list = snapshots.list().map {
        ["name": $0.name, "saved": Timestamp(milliseconds: Int64($0.saved.timeIntervalSince1970 * 1000)).iso8601]
      }
      return .json(200, ["snapshots": list])
    case ("POST", "snapshots", 2):
      guard let name = try await body(request)["name"] as? String else { throw StoreFailure("say {\"name\": …}") }
      switch parts[1] {
      case "save": try await snapshots.save(name)
      case "load":
        try await snapshots.load(name)
        ledger.removeAll()
      default: return notFound
      }
      return .json(200, ["name": name])
    case ("GET", "enforcement", 1):
      return .json(200, try await enforcementPage())
    case ("PUT", "enforcement", 1), ("POST", "enforcement", 1):
      return try await setEnforcement(try await body(request))
    case ("PUT", "accounts", 1), ("POST", "accounts", 1):
      return try await AccountNamesPage.answer(try await body(request), store)
    case ("PUT", "oidc-keys", 1):
      return try await setProviderKeys(try await body(request))
    case (_, "sns", _):
      return try await snsPage(request, parts) ?? notFound
    case (_, "swf", _):
      return try await swfPage(request, parts) ?? notFound
    default:
      return notFound
    }
  }

  private var survey: SurveyPage {
    SurveyPage(survey: AccessSurvey(authorizer, services: services), store: store, region: serviceCalls.region)
  }

  private var notFound: HTTPResponse {
    .json(
      404,
      [
        "message":
          "There is no such page. GET health, version, clock, decisions/<request id or last>, journal, policy-from-use, who-can, can, snapshots, "
          + "enforcement; "
          + "POST reset, clock, snapshots/save, snapshots/load, service-calls, trail/flush; PUT enforcement, oidc-keys."
      ])
  }

  private func body(_ request: HTTPRequest) async throws -> [String: Any] {
    let bytes = try await request.body.collect(upTo: 1 << 16)
    if bytes.isEmpty { return [:] }
    guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
      throw StoreFailure("the body is not a JSON object")
    }
    return object
  }

  /// The health page, also in the form that scripts for other emulators poll.
  var health: [String: Any] {
    let names = services.map { ($0.model.serviceID, "running") }
    return [
      "status": "running", "version": Housekeeping.version,
      "services": Dictionary(names, uniquingKeysWith: { first, _ in first }),
    ]
  }

  private func reset(_ body: [String: Any]) async throws -> HTTPResponse {
    if let text = body["account"] {
      guard let account = (text as? String).flatMap({ AccountID($0) }) else {
        throw StoreFailure("an account is twelve digits")
      }
      try await store.removeAll(of: account)
      try await store.sweepBlobs(of: account)
      ledger.removeAll(of: account)
      return .json(200, ["reset": account.rawValue])
    }
    try await store.removeAll()
    try await store.sweepBlobs()
    ledger.removeAll()
    swf.endAll()
    clock.restore(CloudClock().current)
    return .json(200, ["reset": "all"])
  }

  private var clockPage: [String: Any] {
    let setting = clock.current
    return [
      "now": clock.now.iso8601, "scale": setting.scale, "auto": setting.isAutomatic,
      "grace": setting.graceSeconds, "waiting": store.waitingCount,
    ]
  }

  private func moveClock(_ body: [String: Any]) async throws -> HTTPResponse {
    if let text = body["advance"] {
      guard let milliseconds = WrittenDuration.milliseconds(of: "\(text)") else {
        throw StoreFailure("advance by seconds, or a duration such as 90s, 15m, 2h, 30d")
      }
      clock.advance(milliseconds: milliseconds)
    }
    if let text = body["set"] {
      guard let time = Timestamp(iso8601: "\(text)") else {
        throw StoreFailure("set to a time such as 2027-01-01T00:00:00Z")
      }
      clock.set(to: time)
    }
    if let scale = body["scale"] {
      guard let value = (scale as? NSNumber)?.doubleValue, value >= 0, value <= 1_000_000 else {
        throw StoreFailure("scale is a number from 0 to 1000000")
      }
      clock.setScale(value)
    }
    if let automatic = body["auto"] {
      guard let value = automatic as? Bool else { throw StoreFailure("auto is true or false") }
      clock.setAutomatic(value)
    }
    if let grace = body["grace"] {
      guard let value = (grace as? NSNumber)?.doubleValue, value >= 0, value <= 3600 else {
        throw StoreFailure("grace is a number of seconds from 0 to 3600")
      }
      clock.setGrace(value)
    }
    try await ClockRecord.save(clock, in: store)
    // Who moved the clock finds done what was due.
    try await store.runDueTimers()
    return .json(200, clockPage)
  }

  private func decision(_ id: String) async throws -> HTTPResponse {
    guard let page = try await ledger.page(for: id, in: store) else {
      return .json(
        404, ["message": "There is no decision under \(id): it was never made, or is older than those kept."])
    }
    return HTTPResponse(status: 200, headers: [("content-type", "application/json")], body: .bytes(Array(page.utf8)))
  }

  private func enforcementPage() async throws -> [String: Any] {
    let accounts = try await store.transact { transaction throws(AWSError) in
      try EnforcementRecord.all(in: transaction)
    }
    return ["default": authorizer.defaultEnforcement.rawValue, "accounts": accounts]
  }

  private func setEnforcement(_ body: [String: Any]) async throws -> HTTPResponse {
    guard let account = (body["account"] as? String).flatMap({ AccountID($0) }),
      let mode = (body["mode"] as? String).flatMap({ Enforcement(rawValue: $0) })
    else { throw StoreFailure("say {\"account\": \"<twelve digits>\", \"mode\": \"enforce\" | \"audit\" | \"off\"}") }
    try await store.transact { transaction throws(AWSError) in
      try EnforcementRecord(account: account, mode: mode).save(in: transaction)
    }
    return .json(200, ["account": account.rawValue, "mode": mode.rawValue])
  }
}

extension Housekeeping {
  /// Registers the public keys of an OpenID Connect provider, which AWS would fetch from its URL.
  private func setProviderKeys(_ body: [String: Any]) async throws -> HTTPResponse {
    guard let provider = body["provider"] as? String, let keys = body["keys"] as? [[String: Any]] else {
      throw StoreFailure("say {\"provider\": \"arn:aws:iam::…:oidc-provider/…\", \"keys\": [a JSON Web Key, …]}")
    }
    let keySet = String(decoding: try JSONSerialization.data(withJSONObject: ["keys": keys]), as: UTF8.self)
    try await store.transact { transaction throws(AWSError) in
      try OpenIDKeySets.register(keySet, for: provider, in: transaction)
    }
    return .json(200, ["provider": provider, "keys": keys.count])
  }
}

extension HTTPResponse {
  /// A page of JSON.
  static func json(_ status: Int, _ object: [String: Any]) -> HTTPResponse {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    let data = (try? JSONSerialization.data(withJSONObject: object, options: options)) ?? Data("{}".utf8)
    return HTTPResponse(
      status: status, headers: [("content-type", "application/json")], body: .bytes(Array(data) + [10]))
  }
}
