import Foundation
import Policy
import Wire

/// A decision, explained, in the forms that people and programs read.
struct DecisionPage {
  private let entry: DecisionLedger.Entry
  private let explanation: Explanation

  init(_ entry: DecisionLedger.Entry) {
    self.entry = entry
    explanation = PolicyEvaluator.explain(entry.request, entry.policies)
  }

  private struct Page: Encodable {
    let id: String
    let requestId: String
    let time: String
    let enforced: Bool
    let explanation: Explanation
    let text: String
  }

  /// One decision as JSON: id, time, whether it was carried out, the explanation, and the same as text.
  var json: String {
    var text = explanation.text + "\n  request   \(entry.requestID)"
    if !entry.isEnforced { text += "\nIn audit mode: the request was let through." }
    return DecisionPage.encode(
      Page(
        id: entry.id, requestId: entry.requestID, time: entry.time.iso8601, enforced: entry.isEnforced,
        explanation: explanation, text: text))
  }

  /// All decisions of one request as JSON.
  static func page(of requestID: String, _ decisions: [String]) -> String {
    "{\"requestId\": \(encode(requestID)), \"decisions\": [\(decisions.joined(separator: ",\n"))]}\n"
  }

  private struct Message: Encodable {
    struct Items<Item: Encodable>: Encodable { let items: [Item] }
    struct Principal: Encodable {
      let id: String
      let arn: String
    }
    struct Value: Encodable { let value: String }
    struct Condition: Encodable {
      let key: String
      let values: Items<Value>
    }
    struct Context: Encodable {
      let principal: Principal
      let action: String
      let resource: String
      let conditions: Items<Condition>
    }
    let allowed: Bool
    let explicitDeny: Bool
    let matchedStatements: Items<[String: String]>
    let failures: Items<[String: String]>
    let context: Context
  }

  /// What `sts:DecodeAuthorizationMessage` answers. AWS: STS API reference, "DecodeAuthorizationMessage".
  var authorizationMessage: String {
    var matched: [[String: String]] = []
    if let source = entry.decision.source, entry.decision.outcome == .explicitDeny {
      matched = [
        ["statementId": entry.decision.statement.map(String.init) ?? "", "effect": "DENY", "sourcePolicy": source.name]
      ]
    }
    return DecisionPage.encode(
      Message(
        allowed: false, explicitDeny: entry.decision.outcome == .explicitDeny, matchedStatements: .init(items: matched),
        failures: .init(items: []),
        context: .init(
          principal: .init(id: entry.request.context["aws:userid"]?.all.first ?? "", arn: entry.callerARN),
          action: entry.request.action, resource: entry.request.resource,
          conditions: .init(
            items: entry.request.context.all.map { item in
              .init(key: item.key, values: .init(items: item.value.all.map { .init(value: $0) }))
            }))))
  }

  private static func encode(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
