/// A request of which not everything is known.
public struct PartialRequest: Sendable {
  public var principal: Principal
  public var resource: PartialResource
  public var context: PartialContext

  public init(principal: Principal, resource: PartialResource, context: PartialContext) {
    self.principal = principal
    self.resource = resource
    self.context = context
  }
}
