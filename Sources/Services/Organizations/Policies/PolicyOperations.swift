import Cloud

extension OrganizationsService {
  /// Policies: their types, documents, attachments, and what they come to.
  static let policyOperations: [Operation] = []

  /// Delegated administrators, trusted access, the delegation policy, tags.
  static let administrationOperations: [Operation] = []
}
