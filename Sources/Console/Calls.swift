import Cloud
import FrontDoor
import Identity
import Wire

/// The pages that are about any service: calls, and what there is to choose from.
extension Console {
  /// The largest input that the console passes on.
  private static let largestInput = 4 << 20

  /// Calls an AWS operation as the root user of an account: `{"account", "region", "service", "operation", "input"}`.
  /// What only reads is looked at without judging or recording; everything else is judged and recorded as any call.
  /// The answer is `{"output": …}`, or `{"error": {"code", "message", "status"}}`.
  /// A browser that leaves takes a waiting call with it, for then this request's task is cancelled.
  func call(_ request: HTTPRequest) async throws(AWSError) -> HTTPResponse {
    let bytes: [UInt8]
    do throws(HTTPBodyError) { bytes = try await request.body.collect(upTo: Console.largestInput) } catch {
      return .json(413, message: "The call could not be read: \(error)")
    }
    guard let body = JSONValue(parsing: bytes), let service = body["service"]?.string,
      let operation = body["operation"]?.string
    else {
      return .json(
        400, message: "Say {\"account\": …, \"region\": …, \"service\": …, \"operation\": …, \"input\": {…}}.")
    }
    let (account, region) = try Query.scope(account: body["account"]?.string, region: body["region"]?.string)
    let facts = RequestFacts(
      method: "POST", path: "/", query: "",
      headers: request.headers.filter { ["host", "user-agent"].contains($0.name.lowercased()) },
      sourceIP: request.remoteAddress, isSecure: request.isTLS)
    let input = body["input"] ?? .object([])
    let output =
      calls.isReading(operation, of: service)
      ? try await calls.look(operation, of: service, input, at: account, in: region, facts: facts)
      : try await calls.call(operation, of: service, input, as: .root(of: account), in: region, facts: facts)
    return .json(200, .object([.init("output", output)]))
  }

  /// The accounts and Regions that hold something, and what the accounts are called.
  func accounts() async throws(AWSError) -> JSONValue {
    try await store.transact { transaction throws(AWSError) in
      let scopes = try transaction.scopes()
      let ids = Set(scopes.compactMap(\.account)).union([.first]).sorted { $0.rawValue < $1.rawValue }
      let regions = Set(scopes.compactMap(\.region)).union([.usEast1]).map(\.rawValue).sorted()
      var accounts: [JSONValue] = []
      for id in ids {
        var members: [JSONValue.Member] = [.init("id", .string(id.rawValue))]
        let alias = try AccountSettingsRecord.find(in: id, transaction).alias
        let member = try transaction.get(OrganizationAccountRecord.self, Key(id.rawValue), in: .global)
        if let name = member?.name ?? alias { members.append(.init("name", .string(name))) }
        accounts.append(.object(members))
      }
      return .object([
        .init("accounts", .array(accounts)), .init("regions", .array(regions.map { .string($0) })),
      ])
    }
  }

  /// The services and how much of each is built.
  var services: JSONValue {
    .array(
      calls.operations.map { service in
        .object([
          .init("id", .string(service.service)), .init("operations", .integer(Int64(service.operations.count))),
        ])
      })
  }
}
