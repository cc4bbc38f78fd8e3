import Cloud
import Wire

/// The operations on connections and API destinations, with the permissions that they need.
extension EventBridgeService {
  var connectionOperations: [Operation] {
    [
      Operation(
        "CreateConnection",
        access: { (input: CreateConnectionRequest, context, _) throws(AWSError) in
          try Destinations.check("CreateConnection", "connection", input.name, context)
        }, ConnectionOperations.create),
      Operation(
        "UpdateConnection",
        access: { (input: UpdateConnectionRequest, context, _) throws(AWSError) in
          try Destinations.check("UpdateConnection", "connection", input.name, context)
        }, ConnectionOperations.update),
      Operation(
        "DeauthorizeConnection",
        access: { (input: DeauthorizeConnectionRequest, context, _) throws(AWSError) in
          try Destinations.check("DeauthorizeConnection", "connection", input.name, context)
        }, ConnectionOperations.deauthorize),
      Operation(
        "DeleteConnection",
        access: { (input: DeleteConnectionRequest, context, _) throws(AWSError) in
          try Destinations.check("DeleteConnection", "connection", input.name, context)
        }, ConnectionOperations.delete),
      Operation(
        "DescribeConnection",
        access: { (input: DescribeConnectionRequest, context, _) throws(AWSError) in
          try Destinations.check("DescribeConnection", "connection", input.name, context)
        }, ConnectionOperations.describe),
      Operation(
        "ListConnections",
        access: { (_: ListConnectionsRequest, _, _) throws(AWSError) in [AccessCheck("events:ListConnections", on: "*")]
        },
        ConnectionOperations.list),
    ]
  }

  var destinationOperations: [Operation] {
    [
      Operation(
        "CreateApiDestination",
        access: { (input: CreateApiDestinationRequest, context, _) throws(AWSError) in
          try Destinations.check("CreateApiDestination", "api-destination", input.name, context)
        }, DestinationOperations.create),
      Operation(
        "UpdateApiDestination",
        access: { (input: UpdateApiDestinationRequest, context, _) throws(AWSError) in
          try Destinations.check("UpdateApiDestination", "api-destination", input.name, context)
        }, DestinationOperations.update),
      Operation(
        "DeleteApiDestination",
        access: { (input: DeleteApiDestinationRequest, context, _) throws(AWSError) in
          try Destinations.check("DeleteApiDestination", "api-destination", input.name, context)
        }, DestinationOperations.delete),
      Operation(
        "DescribeApiDestination",
        access: { (input: DescribeApiDestinationRequest, context, _) throws(AWSError) in
          try Destinations.check("DescribeApiDestination", "api-destination", input.name, context)
        }, DestinationOperations.describe),
      Operation(
        "ListApiDestinations",
        access: { (_: ListApiDestinationsRequest, _, _) throws(AWSError) in
          [AccessCheck("events:ListApiDestinations", on: "*")]
        },
        DestinationOperations.list),
    ]
  }
}
