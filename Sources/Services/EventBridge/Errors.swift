import Cloud
import Wire

/// EventBridge's errors, by the names of their shapes.
extension AWSError {
  static func validation(_ message: String) -> AWSError { AWSError("ValidationException", message, status: 400) }

  static func invalidParameter(_ name: String, _ reason: String? = nil) -> AWSError {
    .validation("Parameter \(name) is not valid." + (reason.map { " Reason: \($0)" } ?? ""))
  }

  static func notFound(_ message: String) -> AWSError { AWSError("ResourceNotFoundException", message, status: 400) }

  static func busNotFound(_ name: String) -> AWSError { .notFound("Event bus \(name) does not exist.") }

  static func ruleNotFound(_ name: String, _ bus: String) -> AWSError {
    .notFound("Rule \(name) does not exist on EventBus \(bus).")
  }

  static func alreadyExists(_ message: String) -> AWSError {
    AWSError("ResourceAlreadyExistsException", message, status: 400)
  }

  static func limitExceeded(
    _ message: String = "The requested resource exceeds the maximum number allowed."
  ) -> AWSError { AWSError("LimitExceededException", message, status: 400) }

  static func invalidPattern(_ problem: PatternProblem) -> AWSError {
    AWSError("InvalidEventPatternException", "Event pattern is not valid. Reason: \(problem)", status: 400)
  }

  static func managedRule(_ rule: RuleRecord) -> AWSError {
    AWSError(
      "ManagedRuleException",
      "Rule \(rule.name) is managed by \(rule.managedBy ?? "") and cannot be modified.",  // unverified: words
      status: 400)
  }

  static func illegalStatus(_ message: String) -> AWSError { AWSError("IllegalStatusException", message, status: 400) }

  static func policyTooLong() -> AWSError {
    AWSError("PolicyLengthExceededException", "The event bus policy is too long.", status: 400)  // unverified: words
  }
}
