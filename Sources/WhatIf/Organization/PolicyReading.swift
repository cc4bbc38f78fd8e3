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
}
