import Cloud
import Foundation
import FrontDoor
import Identity
import Policy
import Wire

/// `GET /_hakoniwa/who-can` and `GET /_hakoniwa/can`: who may do something to a resource, asked without doing it.
struct SurveyPage: Sendable {
  let survey: AccessSurvey
  let store: Store
  let region: Region

  /// `who-can?action=…&resource=…`
  func whoCan(_ request: HTTPRequest) async throws -> HTTPResponse {
    let query = SurveyPage.query(request.query)
    guard let action = query["action"], let resource = query["resource"] else {
      throw StoreFailure("say action and resource, such as sqs:SendMessage and the ARN of a queue")
    }
    let (survey, region) = (survey, region)
    let list = try await store.transact { transaction throws(AWSError) in
      try survey.whoCan(action, resource, in: region, transaction)
    }
    return .json(200, ["action": action, "resource": resource, "principals": list.map(SurveyPage.entry)])
  }

  /// `can?principal=…&action=…&resource=…`
  func can(_ request: HTTPRequest) async throws -> HTTPResponse {
    let query = SurveyPage.query(request.query)
    guard let principal = query["principal"], let action = query["action"], let resource = query["resource"] else {
      throw StoreFailure("say principal, action and resource; a principal is an ARN, a service's name or *")
    }
    let (survey, region) = (survey, region)
    let access = try await store.transact { transaction throws(AWSError) in
      try survey.can(principal, action, resource, in: region, transaction)
    }
    var page = SurveyPage.entry(access)
    let explanation = PolicyEvaluator.explain(access.request, access.policies).text
    page["explanation"] =
      switch access.outcome {
      case .depends: "A call that brings nothing along:\n" + explanation
      default: access.refusal ?? explanation
      }
    return .json(200, page)
  }

  private static func entry(_ access: AccessSurvey.Access) -> [String: Any] {
    var entry: [String: Any] = ["principal": access.principal]
    switch access.outcome {
    case .allowed: entry["access"] = "allowed"
    case .denied: entry["access"] = "denied"
    case .depends: entry["access"] = "depends"
    }
    if let account = access.account { entry["account"] = account.rawValue }
    entry["dependsOn"] = access.decision.missing
    entry["through"] = access.decision.grants.map { grant in
      var through = [
        "layer": grant.layer.rawValue, "policy": grant.policy.name, "statement": grant.statement,
      ]
      if let arn = grant.policy.arn { through["arn"] = arn }
      return through
    }
    return entry
  }

  private static func query(_ text: String) -> [String: String] {
    var result: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? String($0) }
      if parts.count == 2 { result[parts[0]] = parts[1] }
    }
    return result
  }
}
