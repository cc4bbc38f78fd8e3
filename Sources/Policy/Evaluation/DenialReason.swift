extension Decision {
  /// The tail of AWS's message for a denial: `because no identity-based policy allows the s3:GetObject action`, or
  /// `with an explicit deny in a service control policy: arn:…`; nothing if the request is allowed.
  ///
  /// AWS: IAM user guide, "Troubleshoot access denied error messages". Only one layer is named. Of explicit denials, the
  /// policy's ARN is told if it has one: SCPs, RCPs, managed policies attached or used as boundary or session policy.
  ///
  /// - Parameter action: as the service's messages write it.
  public func reason(action: String) -> String? {
    guard case .layer(let layer) = decider, outcome != .allowed else { return nil }
    if layer == .resource, concernsTrust {
      return outcome == .explicitDeny
        ? "with an explicit deny in the role trust policy" : "because no role trust policy allows the \(action) action"
    }
    let type = layer.messageName
    guard outcome == .explicitDeny else { return "because no \(type) allows the \(action) action" }
    let article = "aeiou".contains(type.prefix(1).lowercased()) ? "an" : "a"
    guard layer != .resource, layer != .vpcEndpoint, let arn = source?.arn else {
      return "with an explicit deny in \(article) \(type)"
    }
    return "with an explicit deny in \(article) \(type): \(arn)"
  }

  /// The whole message: `User: <arn> is not authorized to perform: <action> on resource: <arn> <reason>`.
  ///
  /// - Parameters:
  ///   - resource: as the service writes it; nothing to leave it out.
  ///   - tellsReason: AWS tells the reason only within an account or organization.
  public func message(principal: Principal, action: String, resource: String?, tellsReason: Bool = true) -> String {
    var text = "User: \(principal.arn) is not authorized to perform: \(action)"
    if let resource { text += " on resource: \(resource)" }
    if tellsReason, let reason = reason(action: action) { text += " \(reason)" }
    return text
  }
}

extension PolicyLayer {
  /// What AWS's messages call a policy of this layer.
  public var messageName: String {
    switch self {
    case .identity: "identity-based policy"
    case .resource: "resource-based policy"
    case .boundary: "permissions boundary"
    case .session: "session policy"
    case .serviceControl: "service control policy"
    case .resourceControl: "resource control policy"
    case .vpcEndpoint: "VPC endpoint policy"
    }
  }
}
