import { Customer } from './customer.js';
import { OrderItem } from './order-item.js';
import { Order } from './order.js';
import { Product } from './product.js';

Customer.hasMany(Order, { foreignKey: 'customerId', as: 'orders' });
Order.belongsTo(Customer, { foreignKey: 'customerId', as: 'customer' });
Order.hasMany(OrderItem, { foreignKey: 'orderId', as: 'items' });
OrderItem.belongsTo(Order, { foreignKey: 'orderId', as: 'order' });
Product.hasMany(OrderItem, { foreignKey: 'productId', as: 'items' });
OrderItem.belongsTo(Product, { foreignKey: 'productId', as: 'product' });

export { Customer, Order, OrderItem, Product };
export { orderStatuses, type OrderStatus } from './order.js';
