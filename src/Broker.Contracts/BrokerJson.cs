using System.Text.Json.Serialization;
using Broker.Contracts.Addresses;
using Broker.Contracts.Blocks;
using Broker.Contracts.Csrs;
using Broker.Contracts.Custody;
using Broker.Contracts.Leases;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Nodes;
using Broker.Contracts.Pools;
using Broker.Contracts.Problems;
using Broker.Contracts.Reservations;
using Broker.Contracts.Routes;
using Broker.Contracts.Tokens;

namespace Broker.Contracts;

/// <summary>
/// How the wire types are read and written, without reflection. Members that are not known are passed over, as a
/// client should; <see cref="StrictJson"/> refuses them, as a server must.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WhoAmI))]
[JsonSerializable(typeof(ChangeRequest))]
[JsonSerializable(typeof(BlocksRequest))]
[JsonSerializable(typeof(BlocksGrantedResponse))]
[JsonSerializable(typeof(BlockReleasedResponse))]
[JsonSerializable(typeof(BlockReclaimRequest))]
[JsonSerializable(typeof(BlockReclaimResponse))]
[JsonSerializable(typeof(BlockList))]
[JsonSerializable(typeof(BlockWaitList))]
[JsonSerializable(typeof(LeaseRequest))]
[JsonSerializable(typeof(LeasesGrantedResponse))]
[JsonSerializable(typeof(LeasesReleasedResponse))]
[JsonSerializable(typeof(LeaseList))]
[JsonSerializable(typeof(PoolDefinition))]
[JsonSerializable(typeof(PoolInfo))]
[JsonSerializable(typeof(PoolList))]
[JsonSerializable(typeof(NodeInfo))]
[JsonSerializable(typeof(NodeList))]
[JsonSerializable(typeof(CertificateInfo))]
[JsonSerializable(typeof(NodeCustody))]
[JsonSerializable(typeof(CustodyCertificate))]
[JsonSerializable(typeof(StandingRequest))]
[JsonSerializable(typeof(AdoptRequest))]
[JsonSerializable(typeof(DenyRequest))]
[JsonSerializable(typeof(ReadmissionsRequest))]
[JsonSerializable(typeof(ReadmissionsResponse))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenIssuedResponse))]
[JsonSerializable(typeof(TokenInfo))]
[JsonSerializable(typeof(TokenList))]
[JsonSerializable(typeof(EnrolRequest))]
[JsonSerializable(typeof(EnrolResponse))]
[JsonSerializable(typeof(CsrInfo))]
[JsonSerializable(typeof(CsrList))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(AddressAnswer))]
[JsonSerializable(typeof(ReservationRequest))]
[JsonSerializable(typeof(ReservationInfo))]
[JsonSerializable(typeof(ReservationList))]
[JsonSerializable(typeof(ReservationDroppedResponse))]
[JsonSerializable(typeof(RouteList))]
[JsonSerializable(typeof(Problem))]
public sealed partial class BrokerJson : JsonSerializerContext;
