import Policy

extension OrganizationModel {
  /// The document of an SCP or RCP.
  static func read(_ content: String, _ name: String) throws(ChangeProblem) -> PolicyDocument {
    do {
      let document = try PolicyDocument(parsing: content)
      guard document.statementCount > 0 else { throw ChangeProblem("\(name) has no statements.") }
      return document
    } catch let problem as ChangeProblem {
      throw problem
    } catch {
      throw ChangeProblem("\(name) is not a policy: \(error)")
    }
  }

  /// Whether AWS takes a text as SCP or RCP.
  static func check(_ content: String, _ type: String, _ name: String) throws(ChangeProblem) {
    _ = try read(content, name)
    let use: PolicyValidator.Use =
      try policyType(type) == Policy.resourceControlType ? .resourceControl : .serviceControl
    do { try PolicyValidator.check(content, as: use) } catch {
      throw ChangeProblem("AWS does not take \(name) as \(Policy.short(type)): \(error.detail ?? error.message).")
    }
  }
}
